namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Tells the workers of this process that there is something to run.</summary>
public sealed class WorkerWakeUp(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _work = new(0);

    /// <summary>Wakes one worker; a waking that finds all of them at work is not lost.</summary>
    public void Wake()
    {
        // One waking that waits is as good as many: whoever takes a job and sees more wakes the next.
        if (_work.CurrentCount == 0) _work.Release();
    }

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
