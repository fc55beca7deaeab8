using System.Net;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Replicas;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Asks sessions' workers in the name of their owners, without a browser, wherever the tunnels are.</summary>
internal sealed class SessionCalls(SessionWays ways, SessionDials dials, SessionHops hops)
{
    // The holder that is known, and the one that the worker dials when that is gone.
    private const int MostTries = 2;

    private static readonly Uri Worker = new("http://session");

    private static readonly TimeSpan TimeForAnswer = TimeSpan.FromSeconds(60);

    /// <summary>Sends a request and reads its answer. Who may ask has been looked at before.</summary>
    /// <param name="request">Makes the request, for a path of the worker; it may be needed more than once.</param>
    /// <param name="read">Makes of an answer what is returned.</param>
    /// <returns>Null when the worker can't be reached, or does not answer in time.</returns>
    public async Task<T?> AskAsync<T>(Guid sessionId, Guid userId, Func<HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : struct
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeForAnswer);
        try
        {
            for (var tries = 0; tries < MostTries; tries++)
            {
                if (await ways.FindAsync(sessionId, mayHop: true, limit.Token) is not { } way) return null;
                if (way.Tunnel is { } tunnel) return await ThroughAsync(tunnel, request, read, limit.Token);

                var holder = way.Holder!;
                using var message = request();
                if (await hops.SendAsync(message, new Hop(sessionId, userId, holder.BootId), holder.Url, limit.Token) is not { } answer)
                {
                    await dials.LoseAsync(sessionId, holder.BootId, CancellationToken.None);
                    continue;
                }

                using (answer) return await read(answer, limit.Token);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The worker, or the program with its tunnel, went away on the way.
        }

        return null;
    }

    private static async Task<T?> ThroughAsync<T>(Tunnel.Public.SessionTunnel tunnel, Func<HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : struct
    {
        if (!tunnel.TryBeginRequest()) return null;

        try
        {
            using var message = request();
            message.RequestUri = new Uri(Worker, message.RequestUri!);
            (message.Version, message.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            using var answer = await tunnel.Invoker.SendAsync(message, cancellationToken);
            return await read(answer, cancellationToken);
        }
        finally
        {
            tunnel.EndRequest();
        }
    }
}
