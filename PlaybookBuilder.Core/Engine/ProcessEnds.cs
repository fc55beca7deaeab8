using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>Lets one reader wait until given processes of a playbook have ended. Ends count from the moment this is made, so none is lost between a read and the wait.</summary>
internal sealed class ProcessEnds : IDisposable
{
    // Only for the case that a signal is lost.
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _ended = [];
    private readonly IDisposable _subscription;
    private HashSet<Guid> _watched = [];
    private HashSet<Guid> _wanted = [];
    private TaskCompletionSource _allEnded = new();

    public ProcessEnds(EngineSignals signals, Playbook playbook) =>
        _subscription = signals.Subscribe(playbook.Steps.Select(step => step.Process.Id), Receive);

    /// <summary>Waits until all of these have ended, or another one, which had a result, lost it, or for a while.</summary>
    public async Task WaitAsync(IEnumerable<Guid> processIds, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Watch(processIds).WaitAsync(SlowPoll, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The reader looks again.
        }
    }

    public void Dispose() => _subscription.Dispose();

    private Task Watch(IEnumerable<Guid> processIds)
    {
        lock (_lock)
        {
            _allEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watched = processIds.ToHashSet();
            _wanted = [.. _watched.Except(_ended)];
            if (_wanted.Count == 0 || !_watched.IsSupersetOf(_ended)) _allEnded.SetResult();
            _ended.Clear();
            return _allEnded.Task;
        }
    }

    private void Receive(EngineSignal signal)
    {
        if (signal.Kind != SignalKind.Ended) return;

        lock (_lock)
        {
            _ended.Add(signal.ProcessId);
            // A result that was there can't end again: somebody took it back, and what stands on it waits until it is asked for.
            if (!_watched.Contains(signal.ProcessId) || (_wanted.Remove(signal.ProcessId) && _wanted.Count == 0)) _allEnded.TrySetResult();
        }
    }
}
