using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Files;

/// <summary>Frees what deletions could not free at once: because the storage was away, the program ended, or a whole account was deleted.</summary>
internal sealed partial class DeletedUploadsWorker(DeletedUploads deleted, TimeProvider time, ILogger<DeletedUploadsWorker> logger) : PeriodicWorker(TimeSpan.FromMinutes(10), time, logger)
{
    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var removed = await deleted.FreeAsync(cancellationToken).ConfigureAwait(false);
        if (removed > 0) LogRemoved(Logger, removed);
    }

    [LoggerMessage(LogLevel.Information, "Removed the bytes of {Count} deleted uploads")]
    private static partial void LogRemoved(ILogger logger, int count);
}
