using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;
using PlaybookBuilder.Web.Tunnel.Public;
using Yarp.ReverseProxy.Forwarder;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Everything under <c>/socket/{session}</c>: what it is, the session's worker says.</summary>
internal static class SessionForwarding
{
    private const string Destination = "http://session";

    // A worker that was cut off dials again at once.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // Quiet streams of events are no dead ones; a dead tunnel is noticed by its pings.
    private static readonly ForwarderRequestConfig Config = new() { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = TimeSpan.FromHours(1) };

    public static IServiceCollection AddSessionForwarding(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<Tunnels>();
        services.AddSingleton<Replica>();
        return services;
    }

    public static void MapSessionForwarding(this IEndpointRouteBuilder routes)
    {
        routes.MapTunnel();
        routes.Map(SessionPaths.Prefix + "/{session:guid}/{**path}", ForwardAsync).RequireAuthorization().ExcludeFromDescription().WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute(), new DisableRequestTimeoutAttribute());
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ForwardAsync(Guid session, HttpContext context, ProxySessions sessions, Tunnels tunnels, IHttpForwarder forwarder)
    {
        var known = await sessions.GetAsync(context.User.ToActor(), session, context.RequestAborted);
        // Scripts of a worker's pages could do here whatever their reader may: only who is alone on the machine, and who shows a token and no cookie, gets them from this origin.
        if (!IsAlone(context) && !(BearerHandler.IsShown(context.Request) && context.Request.Cookies.Count == 0)) return TypedResults.Problem("Sessions are not shown under this address where people sign in.", statusCode: StatusCodes.Status403Forbidden);
        if (!known.IsLive || known.State == ProxySessionState.Closing) return TypedResults.Problem("This session is over.", statusCode: StatusCodes.Status410Gone);

        if (await tunnels.WaitAsync(session, Grace, context.RequestAborted) is not { } tunnel) return Unavailable(context, "The session's worker is not connected. Try again in a moment.");
        if (!tunnel.TryBeginRequest()) return Unavailable(context, "Too many requests are under way in this session. Try again in a moment.");

        try
        {
            var error = await forwarder.SendAsync(context, Destination, tunnel.Invoker, Config, new SessionTransformer(session));
            return error == ForwarderError.None || context.Response.HasStarted ? TypedResults.Empty : Failed(context);
        }
        finally
        {
            tunnel.EndRequest();
        }
    }

    private static bool IsAlone(HttpContext context) => context.User.Identity?.AuthenticationType == LocalUser.Scheme;

    private static ProblemHttpResult Unavailable(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "3";
        return TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static ProblemHttpResult Failed(HttpContext context)
    {
        context.Response.Clear();
        return TypedResults.Problem("The session's worker went away while it answered.", statusCode: StatusCodes.Status502BadGateway);
    }
}
