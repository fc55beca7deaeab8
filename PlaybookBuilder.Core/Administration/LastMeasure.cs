using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Administration;

/// <summary>A measure for which much has to be read: that is done beside whoever asks, and not again while the last one is fresh.</summary>
internal sealed partial class LastMeasure<T>(Func<CancellationToken, Task<T>> measure, TimeProvider time, ILogger logger)
    where T : class
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private (T Value, long Taken)? _last;
    private Task _measuring = Task.CompletedTask;

    /// <summary>The last measure; null while the first is under way.</summary>
    public async Task<T?> ReadAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(Begin(), Task.Delay(LongestWait, time, cancellationToken)).ConfigureAwait(false);
        lock (_lock) return _last?.Value;
    }

    /// <summary>Measures unless the last measure is fresh.</summary>
    public Task Begin()
    {
        lock (_lock)
        {
            var isFresh = _last is { } last && time.GetElapsedTime(last.Taken) < Fresh;
            if (!isFresh && _measuring.IsCompleted) _measuring = Task.Run(MeasureAsync);
            return isFresh ? Task.CompletedTask : _measuring;
        }
    }

    /// <summary>Lets whoever asks next have it measured again.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            if (_last is { } last) _last = (last.Value, time.GetTimestamp() - (long)(Fresh.TotalSeconds * time.TimestampFrequency));
        }
    }

    private async Task MeasureAsync()
    {
        try
        {
            var value = await measure(CancellationToken.None).ConfigureAwait(false);
            lock (_lock) _last = (value, time.GetTimestamp());
        }
        catch (Exception exception)
        {
            // Nobody waits for it; whoever looks again asks again.
            LogFailure(exception, typeof(T).Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{What} could not be measured")]
    private partial void LogFailure(Exception exception, string what);
}
