using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Files.Orphans;

/// <summary>Removes, once a day, stored contents that no record names; one program does it for all.</summary>
internal sealed partial class OrphanedContentsWorker(IOptions<OrphanOptions> options, OrphanedContents orphans, SharedTurns turns, TimeProvider time, ILogger<OrphanedContentsWorker> logger) : PeriodicWorker(Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(24);

    // Shorter than the interval at its shortest, so that a program alone does it each time.
    private static readonly TimeSpan Rest = Interval * 0.8;

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Days == 0 || !await turns.TryTakeAsync("orphaned contents", Rest, cancellationToken).ConfigureAwait(false)) return;

        var removed = await orphans.RemoveAsync(TimeSpan.FromDays(options.Value.Days), cancellationToken).ConfigureAwait(false);
        if (removed > 0) LogRemoved(Logger, removed);
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} stored contents that no record names")]
    private static partial void LogRemoved(ILogger logger, int count);
}
