using System.Net.Sockets;
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
        // How HttpClient tells that its own time limit is over.
        OperationCanceledException { InnerException: TimeoutException } => true,
        HttpIOException or SocketException or IOException { InnerException: SocketException } => true,
        HttpRequestException http => http.StatusCode is null || (int)http.StatusCode is 408 or 429 or >= 500,
        _ => false,
    };

    /// <summary>Doubles with every attempt, with jitter, so that many that failed together do not come back together.</summary>
    /// <param name="asked">How long the other side asked to be left alone, if it did.</param>
    public static TimeSpan DelayAfter(int attempt, TimeSpan? asked)
    {
        var backoff = First * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble());
        var delay = asked > backoff ? asked.Value : backoff;
        return delay < Longest ? delay : Longest;
    }
}
