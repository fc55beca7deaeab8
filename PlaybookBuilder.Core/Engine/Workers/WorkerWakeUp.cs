namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Tells workers that there is something to run: the one of this program, and through whoever listens those of others.</summary>
public sealed class WorkerWakeUp(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _work = new(0);

    /// <summary>Raised when the workers of other programs are to look too.</summary>
    internal event Action? OthersWoken;

    /// <summary>Wakes the worker of this program, and others; a waking that finds it at work is not lost.</summary>
    public void Wake()
    {
        WakeOwn();
        WakeOthers();
    }

    /// <summary>Wakes the worker of this program only.</summary>
    public void WakeOwn()
    {
        // One waking that waits is as good as many.
        if (_work.CurrentCount == 0) _work.Release();
    }

    /// <summary>Wakes the workers of other programs: there is more than this one takes.</summary>
    public void WakeOthers() => OthersWoken?.Invoke();

    /// <summary>Waits for a waking, or for as long as given.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var due = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancellationToken);
        try
        {
            await _work.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // As long as given is over.
        }
    }

    public void Dispose() => _work.Dispose();
}
