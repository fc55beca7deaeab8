using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Cleans away, now and then, playbooks that were deleted long ago.</summary>
internal sealed partial class DeletedPlaybooksWorker(PlaybookCleaning cleaning, TimeProvider time, ILogger<DeletedPlaybooksWorker> logger) : BackgroundService
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
            var removed = await cleaning.RunAsync(cancellationToken).ConfigureAwait(false);
            if (removed > 0) LogRemoved(removed);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The edge of a worker: what it could not do this time it does next time.
            LogFailure(exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} saved playbooks that were deleted long ago")]
    private partial void LogRemoved(int count);

    [LoggerMessage(LogLevel.Warning, "Deleted playbooks could not be removed; the next try is in some hours")]
    private partial void LogFailure(Exception exception);
}
