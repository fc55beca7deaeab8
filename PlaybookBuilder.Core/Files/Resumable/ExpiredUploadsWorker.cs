using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>Removes, every hour, resumable uploads that nobody went on with; one program does it for all.</summary>
internal sealed partial class ExpiredUploadsWorker(ExpiredUploads expired, SharedTurns turns, TimeProvider time, ILogger<ExpiredUploadsWorker> logger) : PeriodicWorker(Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Shorter than the interval at its shortest, so that a program alone does it each time.
    private static readonly TimeSpan Rest = Interval * 0.8;

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await turns.TryTakeAsync("expired-uploads", Rest, cancellationToken).ConfigureAwait(false)) return;

        var removed = await expired.RemoveAsync(cancellationToken).ConfigureAwait(false);
        if (removed > 0) LogRemoved(Logger, removed);
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} resumable uploads that nobody went on with")]
    private static partial void LogRemoved(ILogger logger, int count);
}
