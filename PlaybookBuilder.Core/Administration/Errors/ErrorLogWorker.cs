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
    private readonly List<LoggedErrorRow> _held = [];
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

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var farewell = new CancellationTokenSource(LongestFarewell, _time);
        try
        {
            while (Take()) await RunOnceAsync(farewell.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (farewell.IsCancellationRequested)
        {
            do Lose(exception);
            while (Take());
        }
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
            // What is held is written when the program stops.
        }
    }

    /// <summary>Writes what is pending, as far as it fits a batch.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what was to be written is held still.</exception>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!Take()) return;

        try
        {
            var isTrimDue = _writes++ % WritesBetweenTrims == 0;
            await _database.WriteAsync((context, token) => WriteAsync(context, _held, isTrimDue, token), cancellationToken).ConfigureAwait(false);
            _held.Clear();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The edge of a worker: what can't be written is lost, and told as a warning, which does not come back here.
            Lose(exception);
        }
    }

    private bool Take()
    {
        while (_held.Count < MostInBatch && _log.Pending.TryRead(out var error)) _held.Add(error);
        return _held.Count > 0;
    }

    private void Lose(Exception exception)
    {
        _log.Lose(_held.Count);
        LogLost(exception, _held.Count);
        _held.Clear();
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
