namespace PlaybookBuilder.Core.Storage.Remote;

/// <summary>How often and for how long a call over a network is tried.</summary>
/// <param name="Attempts">All tries together, the first among them.</param>
/// <param name="FirstDelay">The longest wait after the first; each further one may be twice as long, up to <see cref="LongestDelay"/>.</param>
/// <param name="CallLimit">After this long without an answer a try counts as failed. For reads and writes of bytes that is the time of one piece, not of the whole blob.</param>
internal sealed record CallRetries(int Attempts, TimeSpan FirstDelay, TimeSpan CallLimit)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    public static CallRetries Default { get; } = new(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(100));

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs a call again as long as it fails with what may be over later.</summary>
    /// <exception cref="StorageException">As the last try failed; <see cref="StorageErrorKind.Unavailable"/> when it did not answer in time.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (StorageException error) when (error.IsRetryable && attempt < Attempts)
            {
                await Task.Delay(Delay(attempt), Clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A try with its limit, without a second one.</summary>
    public async Task<T> RunOnceAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var overdue = new CancellationTokenSource(CallLimit, Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, cancellationToken);
        try
        {
            return await call(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (overdue.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageException(StorageErrorKind.Unavailable, $"The storage did not answer within {CallLimit.TotalSeconds:0.#} seconds.", error);
        }
    }

    /// <summary>Anything from nothing to the bound, so that many callers of one store that was away don't all come back in the same moment.</summary>
    private TimeSpan Delay(int attempt)
    {
        var bound = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1), LongestDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * bound);
    }
}
