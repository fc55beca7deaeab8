using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Replicas;
using PlaybookBuilder.Web.Tunnel.Public;
using Yarp.ReverseProxy.Forwarder;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Forwards requests that may reach a session to its worker, wherever its tunnel is.</summary>
internal sealed class SessionForwarder(SessionWays ways, SessionDials dials, SessionHops hops, IHttpForwarder forwarder)
{
    private const string Destination = "http://session";

    // The holder that is known, and the one that the worker dials when that is gone.
    private const int MostTries = 2;

    // Quiet streams of events are no dead ones; a dead tunnel is noticed by its pings.
    private static readonly ForwarderRequestConfig Config = new() { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = TimeSpan.FromHours(1) };

    /// <param name="session">What whoever asks may reach.</param>
    public async Task<Results<EmptyHttpResult, ProblemHttpResult>> ForwardAsync(SessionRoute session, HttpContext context)
    {
        if (!session.IsOpen) return TypedResults.Problem("This session is over.", statusCode: StatusCodes.Status410Gone);

        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await ways.FindAsync(session.Id, mayHop: true, context.RequestAborted) is not { } way) break;
            if (way.Tunnel is { } tunnel) return await ThroughAsync(tunnel, context, new SessionTransformer(session.Id));

            var outcome = await hops.SendAsync(context, new Hop(session.Id, session.UserId, way.Holder!.BootId), way.Holder.Url);
            if (outcome == HopOutcome.Answered) return TypedResults.Empty;
            if (outcome == HopOutcome.Broken) return Failed(context);

            await dials.LoseAsync(session.Id, way.Holder.BootId, CancellationToken.None);
            // What was sent already can't be sent again.
            if (outcome == HopOutcome.GoneWithBody) break;
        }

        return Unavailable(context, "The session's worker is not connected. Try again in a moment.");
    }

    /// <summary>Forwards through a tunnel that ends in this program.</summary>
    public async Task<Results<EmptyHttpResult, ProblemHttpResult>> ThroughAsync(SessionTunnel tunnel, HttpContext context, HttpTransformer transformer)
    {
        if (!tunnel.TryBeginRequest()) return Unavailable(context, "Too many requests are under way in this session. Try again in a moment.");

        try
        {
            var error = await forwarder.SendAsync(context, Destination, tunnel.Invoker, Config, transformer);
            return error == ForwarderError.None || context.Response.HasStarted ? TypedResults.Empty : Failed(context);
        }
        finally
        {
            tunnel.EndRequest();
        }
    }

    public static ProblemHttpResult Unavailable(HttpContext context, string detail)
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
