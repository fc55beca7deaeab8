using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Retention;

/// <summary>Frees, every hour, what is older or more than the limits allow.</summary>
internal sealed partial class RetentionWorker(IOptions<RetentionOptions> limits, CacheReading reading, CacheFreeing freeing, SharedTurns turns, TimeProvider time, ILogger<RetentionWorker> logger)
    : PeriodicWorker(RetentionWorker.Interval, time, logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Shorter than the interval at its shortest, so that a program alone does it each time.
    private static readonly TimeSpan Rest = Interval * 0.8;

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await turns.TryTakeAsync("retention", Rest, cancellationToken).ConfigureAwait(false)) return;

        var use = limits.Value.MaxBytes is null ? null : await reading.ReadAsync(cancellationToken).ConfigureAwait(false);
        var freed = await freeing.RunAsync(RetentionRule.FreedBefore(limits.Value, use, Time.GetUtcNow()), onFreed: null, cancellationToken).ConfigureAwait(false);
        if (freed is not { Results: 0, Values: 0, Files: 0 }) LogFreed(Logger, freed.Results, freed.Values, freed.Files);
    }

    [LoggerMessage(LogLevel.Information, "Freed {Results} old results, {Values} values and {Files} files that steps had made")]
    private static partial void LogFreed(ILogger logger, int results, int values, int files);
}
