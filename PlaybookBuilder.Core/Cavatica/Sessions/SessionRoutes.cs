using System.Collections.Concurrent;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Whose sessions are, and where: known without a question to the database for each request, until something of a session changes, wherever that is.</summary>
internal sealed class SessionRoutes : IDisposable
{
    /// <summary>How long something is known at most: while the connection that tells of changes is broken, they are not heard of.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const int Most = 10_000;

    private readonly ProxySessionStore _store;
    private readonly EngineSignals _signals;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Guid, (SessionRoute Route, DateTimeOffset Until)> _known = new();
    private readonly Lock _keeping = new();
    private long _changes;

    public SessionRoutes(ProxySessionStore store, EngineSignals signals, TimeProvider time)
    {
        (_store, _signals, _time) = (store, signals, time);
        signals.Delivered += Hear;
        signals.Missed += ForgetAll;
    }

    /// <exception cref="AccessException">There is no such session of the actor, or nobody is signed in.</exception>
    public async ValueTask<SessionRoute> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Read);
        return await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } route && route.UserId == user ? route : throw AccessException.NotFound("There is no such session of yours.");
    }

    /// <summary>Whoever's it is; null for none.</summary>
    public async ValueTask<SessionRoute?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known) && _time.GetUtcNow() < known.Until) return known.Route;

        var before = Volatile.Read(ref _changes);
        // Ids that somebody made up take no place from others.
        if (await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } row) return null;

        var route = Describe(row);
        Keep(route, before);
        return route;
    }

    /// <summary>Calls when something of a session changed, and is no longer known here, until the result is disposed. It must be quick and must not throw.</summary>
    public IDisposable Subscribe(Guid id, Action changed) => _signals.Subscribe([id], _ => changed());

    public void Dispose()
    {
        _signals.Delivered -= Hear;
        _signals.Missed -= ForgetAll;
    }

    private static SessionRoute Describe(ProxySessionRow row) => new(
        row.Id,
        row.UserId,
        row is { Ended: null, State: not ProxySessionState.Closing },
        row.Epoch,
        row is { ReplicaUrl: { } url, BootId: { } bootId } ? new SessionHolder(new Uri(url), bootId) : null);

    // What was read before something changed may be what it was before.
    private void Keep(SessionRoute route, long before)
    {
        lock (_keeping)
        {
            if (_changes != before) return;

            if (_known.Count >= Most) _known.Clear();
            _known[route.Id] = (route, _time.GetUtcNow() + Lifetime);
        }
    }

    private void Hear(EngineSignal signal)
    {
        if (signal.Kind != SignalKind.SessionChanged) return;

        lock (_keeping)
        {
            _changes++;
            _known.TryRemove(signal.ProcessId, out _);
        }
    }

    private void ForgetAll()
    {
        lock (_keeping)
        {
            _changes++;
            _known.Clear();
        }
    }
}
