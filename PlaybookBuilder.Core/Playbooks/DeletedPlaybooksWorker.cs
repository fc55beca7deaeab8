using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Cleans away, now and then, playbooks that were deleted long ago.</summary>
internal sealed partial class DeletedPlaybooksWorker(PlaybookCleaning cleaning, TimeProvider time, ILogger<DeletedPlaybooksWorker> logger) : PeriodicWorker(TimeSpan.FromHours(6), time, logger)
{
    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var removed = await cleaning.RunAsync(cancellationToken).ConfigureAwait(false);
        if (removed > 0) LogRemoved(Logger, removed);
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} saved playbooks that were deleted long ago")]
    private static partial void LogRemoved(ILogger logger, int count);
}
