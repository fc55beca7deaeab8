using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Tunnel.Public;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>How a session's worker is reached from this program: through a tunnel that ends here, or by the program where it does.</summary>
internal sealed class SessionWays(Tunnels tunnels, SessionRoutes routes, Replica replica)
{
    // A worker that was cut off dials again at once.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Waits a little for a way that may be about to come.</summary>
    /// <param name="mayHop">Whether other programs count.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<SessionWay?> FindAsync(Guid sessionId, bool mayHop, CancellationToken cancellationToken)
    {
        if (await LookAsync(sessionId, mayHop, cancellationToken) is { } known) return known;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Grace);
        using var changed = new SemaphoreSlim(0);
        using var subscription = routes.Subscribe(sessionId, () => changed.Release());
        while (true)
        {
            var arrival = tunnels.Arrival;
            if (await LookAsync(sessionId, mayHop, cancellationToken) is { } way) return way;

            await Task.WhenAny(arrival, changed.WaitAsync(limit.Token));
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested) return null;
        }
    }

    private async ValueTask<SessionWay?> LookAsync(Guid sessionId, bool mayHop, CancellationToken cancellationToken)
    {
        if (tunnels.Find(sessionId) is { } tunnel) return new SessionWay(tunnel, null);

        return mayHop && await routes.FindAsync(sessionId, cancellationToken) is { Holder: { } holder } && holder.BootId != replica.BootId ? new SessionWay(null, holder) : null;
    }
}

/// <summary>One of both.</summary>
internal readonly record struct SessionWay(SessionTunnel? Tunnel, SessionHolder? Holder);
