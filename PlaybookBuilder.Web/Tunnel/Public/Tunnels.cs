using System.Collections.Concurrent;

namespace PlaybookBuilder.Web.Tunnel.Public;

/// <summary>The tunnels that end in this program.</summary>
internal sealed class Tunnels
{
    private readonly ConcurrentDictionary<Guid, SessionTunnel> _tunnels = new();

    // Completed and replaced whenever a tunnel comes.
    private TaskCompletionSource _arrival = New();

    public SessionTunnel? Find(Guid sessionId) => _tunnels.TryGetValue(sessionId, out var tunnel) && !tunnel.Ended.IsCompleted ? tunnel : null;

    /// <summary>Completes when the next tunnel comes, of whichever session.</summary>
    public Task Arrival => Volatile.Read(ref _arrival).Task;

    /// <summary>Takes a tunnel in, in the place of an older one of the same session.</summary>
    /// <returns>False when a newer one is here.</returns>
    public bool TryAdd(SessionTunnel tunnel)
    {
        while (true)
        {
            if (_tunnels.TryAdd(tunnel.SessionId, tunnel)) break;
            if (!_tunnels.TryGetValue(tunnel.SessionId, out var present)) continue;
            if (present.Epoch >= tunnel.Epoch) return false;
            if (!_tunnels.TryUpdate(tunnel.SessionId, tunnel, present)) continue;

            present.Abort();
            break;
        }

        Interlocked.Exchange(ref _arrival, New()).TrySetResult();
        return true;
    }

    public void Remove(SessionTunnel tunnel) => _tunnels.TryRemove(KeyValuePair.Create(tunnel.SessionId, tunnel));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
