using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>Removes, now and then, what uploads that died on the way left in the storage.</summary>
internal sealed partial class AbandonedUploadsWorker(FileIngest ingest, TimeProvider time, ILogger<AbandonedUploadsWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops, and with it this.
        }
    }

    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var removed = await ingest.RemoveAbandonedAsync(cancellationToken).ConfigureAwait(false);
            if (removed > 0) LogRemoved(removed);
        }
        catch (StorageException exception)
        {
            LogFailure(exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} uploads that never arrived whole")]
    private partial void LogRemoved(int count);

    [LoggerMessage(LogLevel.Warning, "Abandoned uploads could not be removed; the next try is in some hours")]
    private partial void LogFailure(Exception exception);
}
