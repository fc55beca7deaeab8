using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Files;

/// <summary>Frees what deletions could not free at once: because the storage was away, the program ended, or a whole account was deleted.</summary>
internal sealed partial class DeletedUploadsWorker(DeletedUploads deleted, TimeProvider time, ILogger<DeletedUploadsWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

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
            var removed = await deleted.FreeAsync(cancellationToken).ConfigureAwait(false);
            if (removed > 0) LogRemoved(removed);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The edge of a worker: what it could not do this time it does next time.
            LogFailure(exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Removed the bytes of {Count} deleted uploads")]
    private partial void LogRemoved(int count);

    [LoggerMessage(LogLevel.Warning, "The bytes of deleted uploads could not be removed; the next try is in some minutes")]
    private partial void LogFailure(Exception exception);
}
