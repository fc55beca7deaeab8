using Npgsql;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.Postgres.PostgresJobSql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The job queue in Postgres, shared by any number of processes. What happens all the time is one exchange with the server.</summary>
internal sealed class PostgresJobQueue(PostgresDatabase database) : IJobQueue
{
    public async Task<QueueSnapshot> ReadAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(PostgresJobSql.Read, ReadRow, ("ids", processIds.Distinct().ToArray()), ("head", Job.MostPlaces));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return new QueueSnapshot(
            rows.Select(row => row.Resolution).OfType<Resolution>().ToDictionary(resolution => resolution.ProcessId),
            rows.Select(row => row.Job).OfType<Job>().ToDictionary(job => job.ProcessId));
    }

    public Task<IReadOnlyList<Job>> EnqueueAsync(IReadOnlyList<JobRequest> requests, Demand demand, TimeSpan? transientAge, CancellationToken cancellationToken) =>
        new PostgresEnqueue(database, requests, demand, transientAge).RunAsync(cancellationToken);

    public async Task<Claim> ClaimAsync(int worker, Take take, CancellationToken cancellationToken)
    {
        if (take.Total <= 0) return new Claim([], null);

        var batch = new PostgresBatch();
        var claiming = PostgresClaim.Unsuspected(batch, worker, take);
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return await OrSuspectAsync(claiming, worker, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ClaimedJob>> BeginAsync(int worker, IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Lock(DoNotWait);
        var begun = batch.Query(
            Begin,
            static reader => reader.GetGuid(0),
            ("worker", worker),
            ("ids", jobs.Select(job => job.ProcessId).ToArray()),
            ("attempts", jobs.Select(job => job.Attempt).ToArray()));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return [.. jobs.Where(job => begun.Contains(job.ProcessId))];
    }

    public async Task<FinishOutcome> FinishAsync(int worker, IReadOnlyList<JobFinish> finishes, Take take, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var finishing = new PostgresFinish(batch, worker, finishes);
        var claiming = take.Total > 0 ? PostgresClaim.Unsuspected(batch, worker, take) : null;
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return finishing.ToOutcome(claiming is null ? new Claim([], null) : await OrSuspectAsync(claiming, worker, cancellationToken).ConfigureAwait(false));
    }

    public Task<CancelOutcome> CancelAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) =>
        database.TransactAsync(transaction => CancelAsync(transaction, [.. processIds.Distinct()], cancellationToken), cancellationToken);

    public Task InvalidateAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Execute(DeleteResolutions, ("ids", processIds.Distinct().ToArray()));
        batch.Execute(UnqueueDependents, ("ids", processIds.Distinct().ToArray()));
        return database.ExecuteAsync(batch, cancellationToken);
    }

    public async Task<IReadOnlyList<Guid>> RescueAsync(Func<CancellationToken, Task<IReadOnlySet<int>>> readAlive, CancellationToken cancellationToken)
    {
        // First who is at work, then who lives: the other way round, one that came between would be taken for dead.
        var batch = new PostgresBatch();
        var working = batch.Query(SelectWorkers, static reader => reader.GetInt32(0));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        if (working.Count == 0) return [];

        var alive = await readAlive(cancellationToken).ConfigureAwait(false);
        int[] dead = [.. working.Where(worker => !alive.Contains(worker))];
        return dead.Length == 0 ? [] : await database.TransactAsync(transaction => RescueAsync(transaction, dead, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public async Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var depths = batch.Query(
            Measure,
            static reader => new QueueDepth(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetTimeSpan(3)),
            ("most", QueueDepth.Most),
            ("head", QueueDepth.Head));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return depths.Single();
    }

    // Suspects are rare, so looking after them is an exchange of its own.
    private async Task<Claim> OrSuspectAsync(PostgresClaim claiming, int worker, CancellationToken cancellationToken)
    {
        if (!claiming.HasSuspects) return claiming.ToClaim();

        var batch = new PostgresBatch();
        var suspect = PostgresClaim.Suspect(batch, worker);
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return claiming.IsEmpty ? suspect.ToClaim() : claiming.ToClaim();
    }

    private static async Task<CancelOutcome> CancelAsync(PostgresTransaction transaction, Guid[] ids, CancellationToken cancellationToken)
    {
        var reading = new PostgresBatch();
        var jobs = reading.Query(LockJobs, static reader => (Id: reader.GetGuid(0), State: (JobState)reader.GetInt32(1)), ("ids", ids));
        var inputs = reading.Query(SelectInputs, static reader => (Process: reader.GetGuid(0), Input: reader.GetGuid(1)), ("ids", ids));
        await transaction.RunAsync(reading, cancellationToken).ConfigureAwait(false);

        Guid[] running = [.. jobs.Where(job => job.State == JobState.Running).Select(job => job.Id)];
        var idle = jobs.Where(job => job.State != JobState.Running).Select(job => job.Id).ToHashSet();
        var inputsOf = inputs.ToLookup(input => input.Process, input => input.Input);
        // What stands on another of these is dropped with it.
        Guid[] ended = [.. idle.Where(id => !inputsOf[id].Any(idle.Contains))];

        var writing = new PostgresBatch();
        writing.Execute(RequestCancel, ("ids", running));
        var dropped = End(writing, ended, JobErrors.Cancelled);
        await transaction.RunAsync(writing, cancellationToken).ConfigureAwait(false);
        return new CancelOutcome([.. ended, .. dropped], running);
    }

    private static async Task<IReadOnlyList<Guid>> RescueAsync(PostgresTransaction transaction, int[] dead, CancellationToken cancellationToken)
    {
        var reading = new PostgresBatch();
        var runs = reading.Query(LockRunsOf, static reader => (Id: reader.GetGuid(0), Deaths: reader.GetInt32(1), IsCancelRequested: reader.GetBoolean(2), IsBegun: reader.GetBoolean(3)), ("workers", dead));
        await transaction.RunAsync(reading, cancellationToken).ConfigureAwait(false);

        var writing = new PostgresBatch();
        // The first death may have been another job's doing; the next ones happened while it ran alone.
        var ends = runs.ToLookup(run => run.IsCancelRequested ? JobErrors.Cancelled : run.IsBegun && run.Deaths >= JobErrors.MostDeathsAlone ? JobErrors.TookWorkerDown : null, run => run.Id);
        writing.Execute(ForgetKept, ("workers", dead));
        writing.Execute(Requeue, ("ids", ends[null].ToArray()));
        IReadOnlyList<Guid>[] dropped = [.. ends.Where(end => end.Key is not null).Select(end => End(writing, [.. end], end.Key!))];
        await transaction.RunAsync(writing, cancellationToken).ConfigureAwait(false);
        return [.. runs.Select(run => run.Id), .. dropped.SelectMany(ids => ids)];
    }

    /// <summary>Ends jobs that are locked already.</summary>
    /// <returns>What was dropped with them.</returns>
    private static IReadOnlyList<Guid> End(PostgresBatch batch, Guid[] ids, Datum error)
    {
        batch.Execute(InsertData, ("ids", new[] { error.Id }), ("types", new[] { error.Type }), ("values", new[] { error.Value }));
        batch.Execute(EndJobs, ("ids", ids), ("data", error.Id), ("version", JobErrors.AnyVersion));
        batch.Lock(LockDependents, ("ids", ids));
        return batch.Query(DropDependents, static reader => reader.GetGuid(0), ("ids", ids));
    }

    private static (Resolution? Resolution, Job? Job) ReadRow(NpgsqlDataReader reader)
    {
        var id = reader.GetGuid(0);
        var resolution = reader.IsDBNull(1)
            ? null
            : new Resolution(id, reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4), TimeSpan.FromMilliseconds(reader.GetInt64(5)), reader.GetBoolean(6));
        var job = reader.IsDBNull(7)
            ? null
            : new Job(id, (JobState)reader.GetInt32(7), reader.GetInt32(8), reader.GetFieldValue<DateTimeOffset>(9), reader.GetTimeOrNull(10), reader.GetIntOrNull(11), reader.GetBoolean(12));
        return (resolution, job);
    }
}
