using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>
/// Looks every second for what no signal tells: workers that are gone or frozen, whose jobs go back into the queue; and, among the
/// jobs of this program, those that somebody cancelled and those that it was given but never heard of, because the answer got lost.
/// </summary>
/// <remarks>
/// A worker counts as gone when it is so twice in a row: whose lock went with its connection takes another number within
/// moments, and keeps its jobs.
/// </remarks>
internal sealed partial class PostgresRescue(PostgresDatabase database, ComponentCatalog catalog, IJobQueue queue, PostgresWorkerIdentity identity, RunningJobs running, EngineSignals signals, WorkerWakeUp wakeUp, WorkerMetrics metrics, IOptions<EngineOptions> options, TimeProvider time, ILogger<PostgresRescue> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string SelectAlive = """
        SELECT objid::int FROM pg_locks
        WHERE locktype = 'advisory' AND classid = @worker::oid AND objsubid = 2 AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private const string SelectOwn = "SELECT process_id, attempt, is_cancel_requested FROM job WHERE state = 2 AND worker = @number";

    // A worker ends what is over its time by itself, after a grace; only one that can't is later than this.
    private static readonly TimeSpan Lateness = JobRunner.Grace * 2;

    private readonly string[] _types = [.. catalog.ProcessTypes.Select(type => type.Spec)];
    private readonly TimeSpan[] _limits = [.. catalog.ProcessTypes.Select(type => type.TimeLimit + Lateness)];
    private HashSet<int> _missed = [];
    private HashSet<ClaimedJob> _unknown = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Workers == 0) return;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // With jitter, so that many that started together do not look together.
                await Task.Delay(Interval * (0.9 + (0.2 * Random.Shared.NextDouble())), time, stoppingToken).ConfigureAwait(false);
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailure(exception);
            }
        }
    }

    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var number = await identity.GetNumberAsync(cancellationToken).ConfigureAwait(false);
        var batch = new PostgresBatch();
        // Before the locks are read: the other way round, one that came between would be taken for dead.
        var working = batch.Query(PostgresJobSql.SelectWorkers, static reader => reader.GetInt32(0));
        var own = batch.Query(SelectOwn, reader => (Job: new ClaimedJob(reader.GetGuid(0), number, reader.GetInt32(1)), IsCancelRequested: reader.GetBoolean(2)), ("number", number));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        signals.Publish(own.Where(run => run.IsCancelRequested).Select(run => run.Job.ProcessId), SignalKind.CancelRequested);
        await ReleaseUnknownAsync(number, [.. own.Select(run => run.Job)], cancellationToken).ConfigureAwait(false);
        await RescueAsync(working, cancellationToken).ConfigureAwait(false);
        if (working.Count > 0) await RequeueOverdueAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RequeueOverdueAsync(CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var overdue = batch.Query(PostgresJobSql.RequeueOverdue, static reader => reader.GetGuid(0), ("types", _types), ("limits", _limits));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        if (overdue.Count == 0) return;

        LogOverdue(overdue.Count);
        metrics.Rescued(overdue.Count, "overdue");
        signals.Publish(overdue, SignalKind.Queued);
        wakeUp.Wake();
    }

    // What was claimed for this program while its connection broke runs nowhere.
    private async Task ReleaseUnknownAsync(int number, IEnumerable<ClaimedJob> own, CancellationToken cancellationToken)
    {
        var held = running.All.Select(job => (job.ProcessId, job.Attempt)).ToHashSet();
        var unknown = own.Where(job => !held.Contains((job.ProcessId, job.Attempt))).ToHashSet();
        ClaimedJob[] lost = [.. unknown.Where(_unknown.Contains)];
        _unknown = unknown;
        if (lost.Length == 0) return;

        LogLost(lost.Length);
        var outcome = await queue.FinishAsync(number, [.. lost.Select(job => new JobFinish.Released(job))], 0, cancellationToken).ConfigureAwait(false);
        metrics.Rescued(outcome.Queued.Count + outcome.Finished.Count, "unheard");
        if (outcome.Queued.Count > 0) wakeUp.Wake();
    }

    private async Task RescueAsync(IReadOnlyCollection<int> working, CancellationToken cancellationToken)
    {
        var alive = working.Count == 0 ? [] : await ReadAliveAsync(cancellationToken).ConfigureAwait(false);
        var missing = working.Where(worker => !alive.Contains(worker)).ToHashSet();
        var dead = missing.Where(_missed.Contains).ToArray();
        _missed = missing;
        if (dead.Length == 0) return;

        var rescued = await queue.RescueAsync(async token => (await ReadAliveAsync(token).ConfigureAwait(false)).Union(missing.Except(dead)).ToHashSet(), cancellationToken).ConfigureAwait(false);
        LogRescued(rescued.Count, string.Join(", ", dead));
        signals.Publish(rescued, SignalKind.Ended);
        if (rescued.Count == 0) return;

        // Of all who see that it is gone, one gets its jobs.
        metrics.Rescued(rescued.Count, "worker_gone");
        metrics.Died(dead.Length);
        wakeUp.Wake();
    }

    private async Task<HashSet<int>> ReadAliveAsync(CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var alive = batch.Query(SelectAlive, static reader => reader.GetInt32(0), ("worker", PostgresLocks.Worker));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return [.. alive];
    }

    [LoggerMessage(LogLevel.Warning, "{Count} jobs ran for longer than they may, and go back into the queue")]
    private partial void LogOverdue(int count);

    [LoggerMessage(LogLevel.Error, "Looking after workers failed and goes on")]
    private partial void LogFailure(Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Count} jobs that this worker was given without hearing of it go back into the queue")]
    private partial void LogLost(int count);

    [LoggerMessage(LogLevel.Warning, "{Count} processes changed because the workers {Dead} are gone")]
    private partial void LogRescued(int count, string dead);
}
