namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Tells the workers of this process that there is something to run.</summary>
public sealed class WorkerWakeUp : IDisposable
{
    private readonly SemaphoreSlim _work = new(0);

    /// <summary>Wakes one worker; a waking that finds all of them at work is not lost.</summary>
    public void Wake()
    {
        // One waking that waits is as good as many: a worker that finishes looks for more by itself.
        if (_work.CurrentCount == 0) _work.Release();
    }

    /// <summary>Waits for a waking, or for as long as given.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _work.WaitAsync(longest, cancellationToken);

    public void Dispose() => _work.Dispose();
}
