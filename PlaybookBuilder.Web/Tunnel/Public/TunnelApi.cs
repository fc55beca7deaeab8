using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.ProxiedSessions;

namespace PlaybookBuilder.Web.Tunnel.Public;

/// <summary>Where the workers of sessions dial.</summary>
internal static partial class TunnelApi
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeForGreeting = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeForProbe = TimeSpan.FromSeconds(60);

    public static string PathOf(Guid sessionId) => $"/api/v1/sessions/{sessionId}/tunnel";

    public static void MapTunnel(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/sessions/{id:guid}/tunnel", DialAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> DialAsync(Guid id, HttpContext context, SessionDials dials, ProxySessions sessions, SessionRoutes routes, Tunnels tunnels, Replica replica, IHostApplicationLifetime lifetime, ILogger<Tunnels> logger)
    {
        if (TunnelSecret.Read(context.Request) is not { } secret || await dials.DialAsync(id, secret, context.RequestAborted) is not { } dial) return TypedResults.Problem("There is no session that this secret opens.", statusCode: StatusCodes.Status401Unauthorized);
        if (!context.WebSockets.IsWebSocketRequest) return TypedResults.Problem("This is for websockets.", statusCode: StatusCodes.Status400BadRequest);

        // One that stops takes no new tunnel: the worker dials again and finds another.
        if (lifetime.ApplicationStopping.IsCancellationRequested) return TypedResults.Problem("This program is stopping.", statusCode: StatusCodes.Status503ServiceUnavailable);

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            limit.CancelAfter(TimeForGreeting);
            await TunnelGreeting.SayHelloAsync(socket, new TunnelHello(dial.Epoch, dial.NextSecret, dial.Owner, SessionPaths.Of(id), dial.Session.Created, dial.Session.IsCharged, dial.Project is { } project ? new ProjectAccess(project.Endpoint, project.Key, project.Project) : null), limit.Token);
            if (!await dials.HoldAsync(id, dial, replica.Url.ToString(), replica.BootId, limit.Token)) return TypedResults.Empty;
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            LogUngreeted(logger, exception, id);
            return TypedResults.Empty;
        }

        await using var tunnel = new SessionTunnel(id, dial.Epoch, new WebSocketStream(socket));
        try
        {
            if (!await ProbeAsync(tunnel, logger) || !tunnels.TryAdd(tunnel)) return TypedResults.Empty;

            await dials.ConnectAsync(id, dial, context.ToAddress(), CancellationToken.None);
            await CarryAsync(tunnel, () => dials.IsWantedAsync(id, dial.Epoch, replica.Url.ToString(), replica.BootId, CancellationToken.None), routes, lifetime, logger);
            if (tunnel.EndReason is { } reason) await sessions.EndByWorkerAsync(id, reason, CancellationToken.None);
        }
        finally
        {
            tunnels.Remove(tunnel);
            await dials.LoseAsync(id, dial.Epoch, replica.BootId, CancellationToken.None);
        }

        return TypedResults.Empty;
    }

    private static async Task CarryAsync(SessionTunnel tunnel, Func<Task<bool>> isWanted, SessionRoutes routes, IHostApplicationLifetime lifetime, ILogger logger)
    {
        LogOpen(logger, tunnel.SessionId, tunnel.Epoch);
        // A session that is told to end, or whose worker has dialled anew, on whichever replica, ends here.
        using var changed = new SemaphoreSlim(1);
        using var subscription = routes.Subscribe(tunnel.SessionId, () => changed.Release());
        while (!tunnel.Ended.IsCompleted && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
            var told = changed.WaitAsync(waiting.Token);
            await Task.WhenAny(tunnel.Ended, told);
            await waiting.CancelAsync();
            if (tunnel.Ended.IsCompleted || !await isWanted()) break;
        }

        LogClosed(logger, tunnel.SessionId, tunnel.Epoch);
    }

    // The worker may still be starting; what it answers does not matter, only that it does.
    private static async Task<bool> ProbeAsync(SessionTunnel tunnel, ILogger logger)
    {
        using var limit = new CancellationTokenSource(TimeForProbe);
        using var request = new HttpRequestMessage(HttpMethod.Head, "http://session/healthz") { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        try
        {
            using var answer = await tunnel.Invoker.SendAsync(request, limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            LogSilent(logger, exception, tunnel.SessionId);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The tunnel of session {Session} is open, for the {Epoch}th time")]
    private static partial void LogOpen(ILogger logger, Guid session, int epoch);

    [LoggerMessage(LogLevel.Information, "The tunnel of session {Session} is closed, the {Epoch}th")]
    private static partial void LogClosed(ILogger logger, Guid session, int epoch);

    [LoggerMessage(LogLevel.Warning, "The worker of session {Session} dialled and did not greet")]
    private static partial void LogUngreeted(ILogger logger, Exception exception, Guid session);

    [LoggerMessage(LogLevel.Warning, "The worker of session {Session} dialled and answers nothing")]
    private static partial void LogSilent(ILogger logger, Exception exception, Guid session);
}
