using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Which failures may pass, and when to try again.</summary>
internal static class RetryPolicy
{
    public const int MostAttempts = 4;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Network failures, 429, 5xx and time-outs of services may pass.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        TransientException => true,
        TimeoutException => true,
        HttpRequestException http => http.StatusCode is null || (int)http.StatusCode is 408 or 429 or >= 500,
        _ => false,
    };

    /// <summary>Doubles with every attempt, with jitter, so that many that failed together do not come back together.</summary>
    public static TimeSpan DelayAfter(int attempt, Exception exception)
    {
        var backoff = First * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble());
        var asked = (exception as TransientException)?.RetryAfter ?? TimeSpan.Zero;
        var delay = asked > backoff ? asked : backoff;
        return delay < Longest ? delay : Longest;
    }
}
