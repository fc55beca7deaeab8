using Microsoft.Data.Sqlite;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.Sqlite.SqliteJobSql;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>The job queue in the embedded database. The one writer thread makes every method a transaction of its own.</summary>
internal sealed class SqliteJobQueue(SqliteDatabase database, TimeProvider time) : IJobQueue
{
    public Task<QueueSnapshot> ReadAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => Read(session, processIds)));

    public Task<IReadOnlyList<Job>> EnqueueAsync(IReadOnlyList<JobRequest> requests, Demand demand, DateTimeOffset transientBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Enqueue(session, requests, demand, transientBefore), cancellationToken);

    public Task<Claim> ClaimAsync(int worker, int most, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Claim(session, worker, most), cancellationToken);

    public Task<FinishOutcome> FinishAsync(int worker, IReadOnlyList<JobFinish> finishes, int take, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var ended = new Ended();
                foreach (var finish in finishes) Finish(session, finish, ended);
                return new FinishOutcome(ended.Finished, ended.Queued, ended.Dropped, Claim(session, worker, take));
            },
            cancellationToken);

    public Task<CancelOutcome> CancelAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Cancel(session, processIds), cancellationToken);

    public Task InvalidateAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (var id in processIds.Where(id => session.Execute(DeleteResolution, ("@id", id)) > 0)) session.Execute(UnqueueDependents, ("@id", id));
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<Guid>> RescueAsync(Func<int, bool> isAlive, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Rescue(session, isAlive), cancellationToken);

    private static QueueSnapshot Read(SqliteSession session, IEnumerable<Guid> processIds)
    {
        var ids = SqliteValues.ToJson(processIds);
        return new QueueSnapshot(
            session.Query(SelectResolutions, ReadResolution, ("@ids", ids)).ToDictionary(resolution => resolution.ProcessId),
            session.Query(SelectJobs, ReadJob, ("@ids", ids)).ToDictionary(job => job.ProcessId));
    }

    private IReadOnlyList<Job> Enqueue(SqliteSession session, IReadOnlyList<JobRequest> requests, Demand demand, DateTimeOffset transientBefore)
    {
        var present = Read(session, requests.Select(request => request.ProcessId));
        var (resolved, blocked) = (new HashSet<Guid>(), new HashSet<Guid>());
        var added = new List<Job>();
        foreach (var request in requests)
        {
            var id = request.ProcessId;
            if (present.Resolutions.TryGetValue(id, out var resolution))
            {
                if (!IsStale(resolution, request.Version, transientBefore))
                {
                    (resolution.IsError ? blocked : resolved).Add(id);
                    continue;
                }

                session.Execute(DeleteResolution, ("@id", id));
            }

            if (present.Jobs.ContainsKey(id) || added.Any(job => job.ProcessId == id)) continue;

            var inputs = session.Query(SelectInputs, static reader => reader.GetGuid(0), ("@id", id));
            if (inputs.Exists(blocked.Contains)) blocked.Add(id);
            else added.Add(Insert(session, id, inputs.TrueForAll(resolved.Contains) ? JobState.Queued : JobState.Waiting, demand));
        }

        return added;
    }

    private static bool IsStale(Resolution resolution, int version, DateTimeOffset transientBefore) =>
        (resolution.Version != version && resolution.Version != JobErrors.AnyVersion) || (resolution.IsTransient && resolution.Created < transientBefore);

    private Job Insert(SqliteSession session, Guid id, JobState state, Demand demand)
    {
        var now = time.GetUtcNow();
        var turn = session.Query(NextTurn, static reader => reader.GetInt64(0), ("@owner", demand.Owner), ("@batch", demand.IsBatch)).Single();
        session.Execute(InsertJob, ("@id", id), ("@state", (int)state), ("@batch", demand.IsBatch), ("@owner", demand.Owner), ("@turn", turn), ("@now", now.ToMilliseconds()));
        return new Job(id, state, 0, now, null, null);
    }

    private Claim Claim(SqliteSession session, int worker, int most)
    {
        if (most <= 0) return new Claim([], null);

        var now = time.GetUtcNow().ToMilliseconds();
        var jobs = new List<ClaimedJob>();
        if (session.Query(SuspectIsRunning, static _ => true).Count == 0)
        {
            jobs = session.Query(ClaimUnsuspected, Read, ("@worker", worker), ("@now", now), ("@most", most));
            if (jobs.Count == 0) jobs = session.Query(ClaimSuspect, Read, ("@worker", worker), ("@now", now));
        }

        return new Claim(jobs, jobs.Count > 0 ? null : session.Query(SqliteJobSql.NextDue, static reader => reader.GetTimeOrNull(0), ("@now", now)).Single());

        ClaimedJob Read(SqliteDataReader reader) => new(reader.GetGuid(0), worker, reader.GetInt32(1));
    }

    private void Finish(SqliteSession session, JobFinish finish, Ended ended)
    {
        var id = finish.Job.ProcessId;
        var isCurrent = session.Query(IsCurrent, static _ => true, ("@id", id), ("@worker", finish.Job.Worker), ("@attempt", finish.Job.Attempt)).Count > 0;
        if (!isCurrent) return;

        switch (finish)
        {
            case JobFinish.Resolved resolved:
                session.Execute(DeleteJob, ("@id", id));
                Resolve(session, id, resolved.Output, resolved.Version, resolved.Duration, resolved.IsTransient, ended);
                break;
            case JobFinish.Retry retry:
                session.Execute(RetryJob, ("@id", id), ("@time", retry.NotBefore.ToMilliseconds()));
                ended.Queued.Add(id);
                break;
            case JobFinish.Released:
                session.Execute(ReleaseJob, ("@id", id));
                ended.Queued.Add(id);
                break;
        }
    }

    private void Resolve(SqliteSession session, Guid id, Datum output, int version, TimeSpan duration, bool isTransient, Ended ended)
    {
        session.Execute(InsertData, ("@id", output.Id), ("@type", output.Type), ("@value", output.Value));
        session.Execute(
            InsertResolution,
            ("@id", id),
            ("@data", output.Id),
            ("@version", version),
            ("@now", time.GetUtcNow().ToMilliseconds()),
            ("@duration", (long)duration.TotalMilliseconds),
            ("@transient", isTransient));
        ended.Finished.Add(id);
        if (output.Type == ErrorData.Spec) ended.Dropped.AddRange(session.Query(DropDependents, static reader => reader.GetGuid(0), ("@id", id)));
        else ended.Queued.AddRange(session.Query(QueueDependents, static reader => reader.GetGuid(0), ("@id", id)));
    }

    private CancelOutcome Cancel(SqliteSession session, IReadOnlyCollection<Guid> processIds)
    {
        var states = session.Query(SelectStates, static reader => (Id: reader.GetGuid(0), State: (JobState)reader.GetInt32(1)), ("@ids", SqliteValues.ToJson(processIds)));
        var ended = new Ended();
        foreach (var (id, _) in states.Where(job => job.State == JobState.Queued))
        {
            session.Execute(DeleteJob, ("@id", id));
            Resolve(session, id, JobErrors.Cancelled, JobErrors.AnyVersion, TimeSpan.Zero, isTransient: false, ended);
        }

        foreach (var (id, _) in states.Where(job => job.State == JobState.Waiting))
        {
            session.Execute(DeleteJob, ("@id", id));
            ended.Dropped.Add(id);
        }

        return new CancelOutcome([.. ended.Finished, .. ended.Dropped.Distinct()], [.. states.Where(job => job.State == JobState.Running).Select(job => job.Id)]);
    }

    private IReadOnlyList<Guid> Rescue(SqliteSession session, Func<int, bool> isAlive)
    {
        var rescued = new List<Guid>();
        var ended = new Ended();
        foreach (var (id, worker, deaths) in session.Query(SelectRunning, static reader => (reader.GetGuid(0), reader.GetInt32(1), reader.GetInt32(2))))
        {
            if (isAlive(worker)) continue;

            rescued.Add(id);
            // The first death may have been another job's doing; the next ones happened while it ran alone.
            if (deaths < JobErrors.MostDeathsAlone)
            {
                session.Execute(RescueJob, ("@id", id));
                continue;
            }

            session.Execute(DeleteJob, ("@id", id));
            Resolve(session, id, JobErrors.TookWorkerDown, JobErrors.AnyVersion, TimeSpan.Zero, isTransient: false, ended);
        }

        return [.. rescued, .. ended.Dropped];
    }

    private static Resolution ReadResolution(SqliteDataReader reader) =>
        new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), reader.GetTime(4), TimeSpan.FromMilliseconds(reader.GetInt64(5)), reader.GetBoolean(6));

    private static Job ReadJob(SqliteDataReader reader) =>
        new(reader.GetGuid(0), (JobState)reader.GetInt32(1), reader.GetInt32(2), reader.GetTime(3), reader.GetTimeOrNull(4), reader.IsDBNull(5) ? null : reader.GetInt32(5));

    /// <summary>Collects what one transaction changed.</summary>
    private sealed class Ended
    {
        public List<Guid> Finished { get; } = [];

        public List<Guid> Queued { get; } = [];

        public List<Guid> Dropped { get; } = [];
    }
}
