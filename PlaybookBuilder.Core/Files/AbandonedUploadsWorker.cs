using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Files;

/// <summary>Removes, now and then, what uploads that died on the way left in the storage.</summary>
internal sealed partial class AbandonedUploadsWorker(FileIngest ingest, TimeProvider time, ILogger<AbandonedUploadsWorker> logger) : PeriodicWorker(TimeSpan.FromHours(6), time, logger)
{
    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var removed = await ingest.RemoveAbandonedAsync(cancellationToken).ConfigureAwait(false);
        if (removed > 0) LogRemoved(Logger, removed);
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} uploads that never arrived whole")]
    private static partial void LogRemoved(ILogger logger, int count);
}
