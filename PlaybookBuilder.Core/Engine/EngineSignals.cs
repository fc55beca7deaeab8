using System.Collections.Concurrent;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Engine;

public enum SignalKind
{
    Queued,
    Started,
    Progressed,

    /// <summary>It has a result now, or its job was removed.</summary>
    Ended,

    /// <summary>Whoever runs it should stop.</summary>
    CancelRequested,

    /// <summary>No process: the id is that of a session, and something of it changed.</summary>
    SessionChanged,
}

/// <summary>That something happened to a process. Says what, never the value: whoever cares reads it.</summary>
public readonly record struct EngineSignal(Guid ProcessId, SignalKind Kind, ProgressReport? Progress = null);

/// <summary>Carries signals from the engine to whoever watches.</summary>
public sealed class EngineSignals
{
    private readonly ConcurrentDictionary<Guid, Subscription[]> _watched = new();
    private readonly ConcurrentDictionary<Guid, ProgressReport> _progress = new();

    /// <summary>Raised for every signal that arose in this program, for whoever carries them to others.</summary>
    internal event Action<EngineSignal>? Published;

    /// <summary>Raised for every signal, wherever it arose, for whoever watches the whole deployment. Must be quick and must not throw.</summary>
    internal event Action<EngineSignal>? Delivered;

    /// <summary>Raised when signals from other programs may have been missed. Must be quick and must not throw.</summary>
    internal event Action? Missed;

    /// <summary>Calls <paramref name="receive"/> for every signal about these processes until the result is disposed. It must be quick and must not throw.</summary>
    public IDisposable Subscribe(IEnumerable<Guid> processIds, Action<EngineSignal> receive)
    {
        var subscription = new Subscription(this, [.. processIds.Distinct()], receive);
        foreach (var id in subscription.Ids)
        {
            _watched.AddOrUpdate(id, static (_, added) => [added], static (_, present, added) => [.. present, added], subscription);
        }

        return subscription;
    }

    /// <summary>The last that a running process told of itself.</summary>
    public ProgressReport? ProgressOf(Guid processId) => _progress.GetValueOrDefault(processId);

    public void Publish(EngineSignal signal)
    {
        Deliver(signal);
        Published?.Invoke(signal);
    }

    /// <summary>Tells whoever watches here of what happened in another program.</summary>
    internal void Deliver(EngineSignal signal)
    {
        if (signal.Kind == SignalKind.Progressed && signal.Progress is { } progress) _progress[signal.ProcessId] = progress;
        if (signal.Kind is SignalKind.Ended or SignalKind.Queued) _progress.TryRemove(signal.ProcessId, out _);
        Delivered?.Invoke(signal);
        if (!_watched.TryGetValue(signal.ProcessId, out var subscriptions)) return;

        foreach (var subscription in subscriptions) subscription.Receive(signal);
    }

    public void Publish(IEnumerable<Guid> processIds, SignalKind kind)
    {
        foreach (var id in processIds) Publish(new EngineSignal(id, kind));
    }

    /// <summary>Signals from other programs may have been missed: whoever watches reads again.</summary>
    internal void DeliverGap()
    {
        Missed?.Invoke();
        foreach (var id in _watched.Keys) Deliver(new EngineSignal(id, SignalKind.Ended));
    }

    private void Remove(Subscription subscription)
    {
        foreach (var id in subscription.Ids)
        {
            while (_watched.TryGetValue(id, out var present))
            {
                Subscription[] left = [.. present.Where(other => other != subscription)];
                var removed = left.Length == 0
                    ? _watched.TryRemove(KeyValuePair.Create(id, present))
                    : _watched.TryUpdate(id, left, present);
                if (removed) break;
            }
        }
    }

    private sealed class Subscription(EngineSignals signals, Guid[] ids, Action<EngineSignal> receive) : IDisposable
    {
        public Guid[] Ids => ids;

        public void Receive(EngineSignal signal) => receive(signal);

        public void Dispose() => signals.Remove(this);
    }
}
