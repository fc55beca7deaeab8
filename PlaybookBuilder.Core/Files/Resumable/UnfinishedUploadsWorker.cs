using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>Completes, every five minutes, resumable uploads that nobody asks about; one program does it for all.</summary>
internal sealed partial class UnfinishedUploadsWorker(UnfinishedUploads unfinished, SharedTurns turns, TimeProvider time, ILogger<UnfinishedUploadsWorker> logger) : PeriodicWorker(Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    // Shorter than the interval at its shortest, so that a program alone does it each time.
    private static readonly TimeSpan Rest = Interval * 0.8;

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await turns.TryTakeAsync("unfinished-uploads", Rest, cancellationToken).ConfigureAwait(false)) return;

        var completed = await unfinished.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (completed > 0) LogCompleted(Logger, completed);
    }

    [LoggerMessage(LogLevel.Information, "Completed {Count} resumable uploads that nobody asked about")]
    private static partial void LogCompleted(ILogger logger, int count);
}
