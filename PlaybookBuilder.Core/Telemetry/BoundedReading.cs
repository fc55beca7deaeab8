using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Telemetry;

/// <summary>
/// Reads what a measurement asks for from where it takes time: within a limit, and not again while the last reading is fresh.
/// Whoever collects measurements can't await, so this holds its thread; nothing else waits for it.
/// </summary>
/// <param name="fresh">How long a reading, or its failure, stands for the next.</param>
internal sealed partial class BoundedReading<T>(Func<CancellationToken, Task<T>> read, TimeSpan fresh, TimeProvider time, ILogger logger)
    where T : class
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private (long Taken, T? Value)? _last;

    /// <summary>Null when it could not be read in time: a measurement that is missing says so better than an old one.</summary>
    public T? Read()
    {
        lock (_lock)
        {
            if (_last is not { } last || time.GetElapsedTime(last.Taken) >= fresh) _last = last = (time.GetTimestamp(), ReadNow());
            return last.Value;
        }
    }

    private T? ReadNow()
    {
        using var limit = new CancellationTokenSource(Longest, time);
        try
        {
            return Task.Run(() => read(limit.Token), CancellationToken.None).WaitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            // The edge to whoever collects: trouble with a measurement is no trouble of the application.
            LogFailure(typeof(T).Name, exception.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{What} could not be measured: {Reason}")]
    private partial void LogFailure(string what, string reason);
}
