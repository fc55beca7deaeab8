using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Core.Administration.Errors;

/// <summary>Writes the errors of this program down in batches, and forgets the oldest of all.</summary>
internal sealed partial class ErrorLogWorker : BackgroundService
{
    private const int MostInBatch = 200;
    private const int WritesBetweenTrims = 20;

    // What comes together is written together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly ErrorLog _log;
    private readonly JobFailures _failures;
    private readonly IModelDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<ErrorLogWorker> _logger;
    private int _writes;

    public ErrorLogWorker(ErrorLog log, JobFailures failures, IModelDatabase database, TimeProvider time, ILogger<ErrorLogWorker> logger)
    {
        (_log, _failures, _database, _time, _logger) = (log, failures, database, time, logger);
        _failures.Failed += Add;
    }

    public override void Dispose()
    {
        _failures.Failed -= Add;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _log.Pending.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
            {
                await Task.Delay(Gathering, _time, stoppingToken).ConfigureAwait(false);
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var farewell = new CancellationTokenSource(LongestFarewell, _time);
            await RunOnceAsync(farewell.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is pending, as far as it fits a batch.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var batch = new List<LoggedErrorRow>();
        while (batch.Count < MostInBatch && _log.Pending.TryRead(out var error)) batch.Add(error);
        if (batch.Count == 0) return;

        try
        {
            var isTrimDue = _writes++ % WritesBetweenTrims == 0;
            await _database.WriteAsync((context, token) => WriteAsync(context, batch, isTrimDue, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The edge of a worker: what can't be written is lost, and told as a warning, which does not come back here.
            _log.Lose(batch.Count);
            LogLost(exception, batch.Count);
        }
    }

    private async Task<int> WriteAsync(PlaybookDbContext context, List<LoggedErrorRow> batch, bool isTrimDue, CancellationToken cancellationToken)
    {
        // New ones each time: this may be run again.
        context.AddRange(batch.Select(_log.Mask));
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        if (!isTrimDue) return 0;

        var newest = await context.Set<LoggedErrorRow>().MaxAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        return await context.Set<LoggedErrorRow>().Where(row => row.Id <= newest - ErrorLog.Kept).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Add(JobFailure failure) => _log.Add(ErrorLog.FailedStep, failure.Message, $"{failure.Type} {failure.ProcessId}");

    [LoggerMessage(LogLevel.Warning, "{Count} errors could not be written down")]
    private partial void LogLost(Exception exception, int count);
}
