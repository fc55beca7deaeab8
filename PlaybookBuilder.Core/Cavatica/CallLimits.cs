namespace PlaybookBuilder.Core.Cavatica;

/// <summary>How often and for how long a call of a platform is tried.</summary>
/// <param name="Attempts">All tries together, the first among them.</param>
/// <param name="FirstDelay">The longest wait after the first; each further one may be twice as long, up to ten seconds.</param>
/// <param name="CallLimit">After this long without an answer a try counts as failed.</param>
public sealed record CallLimits(int Attempts, TimeSpan FirstDelay, TimeSpan CallLimit)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    public static CallLimits Default { get; } = new(5, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(60));

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs a call again as long as it fails with what may be over later. What is in doubt is tried again only where doing it twice is the same as once.</summary>
    /// <exception cref="PlatformException">As the last try failed.</exception>
    internal async Task<T> RunAsync<T>(bool isRepeatable, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (PlatformException error) when (error.IsRetryable && attempt < Attempts && (isRepeatable || !error.IsInDoubt))
            {
                await Task.Delay(Delay(attempt), Clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One try with its limit.</summary>
    /// <param name="onOverdue">What it means that no answer came in time.</param>
    internal async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> call, Func<TimeSpan, Exception, PlatformException> onOverdue, CancellationToken cancellationToken)
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
            throw onOverdue(CallLimit, error);
        }
    }

    /// <summary>Anything from nothing to the bound, so that many callers of one platform that was away don't all come back in the same moment.</summary>
    private TimeSpan Delay(int attempt)
    {
        var bound = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1), LongestDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * bound);
    }
}
