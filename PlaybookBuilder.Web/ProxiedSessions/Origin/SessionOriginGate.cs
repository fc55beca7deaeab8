using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.ProxiedSessions.Origin;

/// <summary>What is served at the origin of sessions: their workers' answers to who signed in at the application, and nothing of the application itself.</summary>
internal sealed class SessionOriginGate(SessionOrigin origin, SessionEntry entry, SessionRoutes sessions, SessionForwarder forwarder, TimeProvider time)
{
    // As open pages of the application are.
    private static readonly TimeSpan CheckedEvery = TimeSpan.FromSeconds(20);

    /// <summary>Stands before all that the application serves.</summary>
    public static void Use(WebApplication app)
    {
        var origin = app.Services.GetRequiredService<SessionOrigin>();
        if (!origin.IsSet) return;

        var gate = app.Services.GetRequiredService<SessionOriginGate>();
        app.Use((context, next) => origin.Covers(context.Request) ? gate.ServeAsync(context) : next(context));
    }

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            var result = await AnswerAsync(context);
            if (!context.Response.HasStarted) await result.ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it.
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!SessionPaths.TryRead(request.Path, out var sessionId, out var rest) || !origin.IsOf(request, sessionId)) return Refuse(context, StatusCodes.Status404NotFound, "There is nothing here but sessions.");
        if (!MayBeFromElsewhere(request) && !SameOrigin.IsSameOrigin(request)) return Refuse(context, StatusCodes.Status403Forbidden, "Another site asked for this.");
        if (rest == SessionPaths.Entry) return await EnterAsync(context, sessionId);
        if (await entry.FindAsync(context, sessionId) is not { } signedIn) return SendToApplication(context, sessionId);

        try
        {
            return await ForwardAsync(context, await sessions.GetAsync(new Actor(signedIn.UserId), sessionId, context.RequestAborted));
        }
        catch (AccessException)
        {
            return Refuse(context, StatusCodes.Status404NotFound, "There is no such session of yours.");
        }
    }

    private async Task<IResult> ForwardAsync(HttpContext context, SessionRoute session)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(context, session.Id, done.Token);
        try
        {
            return await forwarder.ForwardAsync(session, context);
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    // Circuits last; the sign-in may end before them.
    private async Task WatchAsync(HttpContext context, Guid sessionId, CancellationToken done)
    {
        using var timer = new PeriodicTimer(CheckedEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (await entry.FindAsync(context, sessionId) is not null) continue;

                context.Abort();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The answer is complete, or nobody waits for it.
        }
    }

    private IResult SendToApplication(HttpContext context, Guid sessionId)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Headers.Upgrade.Count > 0) return Refuse(context, StatusCodes.Status401Unauthorized, "You are not signed in here, or not any more. Open the session from the application.");

        var query = QueryString.Create("browser", SessionEntry.Begin(context, sessionId)).Add("to", request.GetEncodedPathAndQuery());
        return Redirect(context, origin.AtApplication(SessionPaths.Of(sessionId) + SessionPaths.Entry + query));
    }

    private async Task<IResult> EnterAsync(HttpContext context, Guid sessionId)
    {
        var query = context.Request.Query;
        if (!HttpMethods.IsGet(context.Request.Method) || SessionPaths.Within(sessionId, query["to"]) is not { } to || !await entry.EnterAsync(context, sessionId, $"{query["ticket"]}")) return Refuse(context, StatusCodes.Status403Forbidden, "This link is used up, too old, or was made for another browser. Open the session from the application.");

        return Redirect(context, to);
    }

    private static bool MayBeFromElsewhere(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) && request.Headers.Upgrade.Count == 0;

    private static IResult Redirect(HttpContext context, string to)
    {
        KeepToItself(context);
        return TypedResults.Redirect(to);
    }

    private static IResult Refuse(HttpContext context, int status, string detail)
    {
        KeepToItself(context);
        return TypedResults.Problem(detail, statusCode: status);
    }

    private static void KeepToItself(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }
}
