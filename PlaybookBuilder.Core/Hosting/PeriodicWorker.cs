using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Hosting;

/// <summary>Does something when the program starts and now and then from there on. What fails is logged, and tried again next time.</summary>
internal abstract partial class PeriodicWorker : BackgroundService
{
    // Programs that were started together do not stay in step.
    private const double Jitter = 0.1;

    private readonly TimeSpan _interval;

    /// <param name="interval">How long to wait after each time, give or take a tenth.</param>
    protected PeriodicWorker(TimeSpan interval, TimeProvider time, ILogger logger) => (_interval, Time, Logger) = (interval, time, logger);

    protected TimeProvider Time { get; }

    protected ILogger Logger { get; }

    internal abstract Task RunOnceAsync(CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TryAsync(RunOnceAsync, stoppingToken).ConfigureAwait(false);
                await Task.Delay(_interval * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble())), Time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops, and with it this.
        }
    }

    /// <summary>Does something that may fail.</summary>
    protected async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // There is no time left for it.
        }
        catch (Exception exception)
        {
            LogFailure(Logger, exception, GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Worker} failed, and tries again later")]
    private static partial void LogFailure(ILogger logger, Exception exception, string worker);
}
