using Microsoft.Data.Sqlite;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.Sqlite.SqliteJobSql;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>The job queue in the embedded database. The one writer thread makes every method a transaction of its own.</summary>
internal sealed class SqliteJobQueue(SqliteDatabase database, TimeProvider time) : IJobQueue
{
    private readonly RecentTraces _traces = new();
    // Only a program that died leaves any, so no claim of a healthy one looks through all jobs for them. The writer's thread alone uses it.
    private bool _mayHaveSuspects = true;

    public Task<QueueSnapshot> ReadAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => Read(session, processIds)));

    public Task<IReadOnlyList<Job>> EnqueueAsync(IReadOnlyList<JobRequest> requests, Demand demand, TimeSpan? transientAge, CancellationToken cancellationToken)
    {
        // Before the write, after which they may be taken at any moment.
        if (JobTrace.Current is { } trace) _traces.Put(requests.Select(request => request.ProcessId), trace);
        return WriteAsync(session => Enqueue(session, requests, demand, transientAge), cancellationToken);
    }

    public async Task<Claim> ClaimAsync(int worker, Take take, CancellationToken cancellationToken) =>
        _traces.AddTo(await WriteAsync(session => Claim(session, worker, take.Now), cancellationToken).ConfigureAwait(false));

    // An exchange with this queue costs next to nothing: none are given ahead.
    public Task<IReadOnlyList<ClaimedJob>> BeginAsync(int worker, IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ClaimedJob>>([]);

    public async Task<FinishOutcome> FinishAsync(int worker, IReadOnlyList<JobFinish> finishes, Take take, CancellationToken cancellationToken)
    {
        var outcome = await WriteAsync(
            session =>
            {
                var ended = new Ended();
                foreach (var finish in finishes) Finish(session, finish, ended);
                return new FinishOutcome(ended.Finished, ended.Queued, ended.Dropped, Claim(session, worker, take.Now));
            },
            cancellationToken).ConfigureAwait(false);
        return outcome with { Taken = _traces.AddTo(outcome.Taken) };
    }

    public Task<CancelOutcome> CancelAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) =>
        WriteAsync(session => Cancel(session, processIds), cancellationToken);

    public Task InvalidateAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) =>
        WriteAsync(
            session =>
            {
                foreach (var id in processIds.Where(id => session.Execute(DeleteResolution, ("@id", id)) > 0)) session.Execute(UnqueueDependents, ("@id", id));
                return true;
            },
            cancellationToken);

    public async Task<IReadOnlyList<Guid>> RescueAsync(Func<CancellationToken, Task<IReadOnlySet<int>>> readAlive, CancellationToken cancellationToken)
    {
        var alive = await readAlive(cancellationToken).ConfigureAwait(false);
        return await WriteAsync(session => Rescue(session, alive), cancellationToken).ConfigureAwait(false);
    }

    public Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken) => Task.FromResult(database.Read(session => session
        .Query(
            Measure,
            reader => new QueueDepth(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), time.GetUtcNow() - reader.GetTimeOrNull(3)),
            ("@most", QueueDepth.Most),
            ("@head", QueueDepth.Head))
        .Single()));

    // What is lost here is asked for and computed again, so nobody waits for the disk.
    private Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) => database.WriteAsync(write, cancellationToken, isDurable: false);

    private static QueueSnapshot Read(SqliteSession session, IEnumerable<Guid> processIds)
    {
        var ids = SqliteValues.ToJson(processIds);
        return new QueueSnapshot(
            session.Query(SelectResolutions, ReadResolution, ("@ids", ids)).ToDictionary(resolution => resolution.ProcessId),
            session.Query(SelectJobs, ReadJob, ("@ids", ids), ("@head", Job.MostPlaces)).ToDictionary(job => job.ProcessId));
    }

    private IReadOnlyList<Job> Enqueue(SqliteSession session, IReadOnlyList<JobRequest> requests, Demand demand, TimeSpan? transientAge)
    {
        var present = Read(session, requests.Select(request => request.ProcessId));
        var resolved = present.Resolutions.Keys.ToHashSet();
        foreach (var request in requests)
        {
            if (resolved.Contains(request.ProcessId) && IsOutdated(present.Resolutions[request.ProcessId], request.Version, transientAge)) resolved.ExceptWith(RemoveOutdated(session, request.ProcessId));
        }

        var jobs = present.Jobs.Keys.ToHashSet();
        var added = new List<Job>();
        foreach (var id in requests.Select(request => request.ProcessId).Where(id => !resolved.Contains(id)))
        {
            if (jobs.Add(id)) added.AddRange(Insert(session, id, demand));
            else if (!demand.IsBatch) session.Execute(MakeInteractive, ("@id", id), ("@owner", demand.Owner), ("@batch", false));
        }

        return added;
    }

    private bool IsOutdated(Resolution resolution, int version, TimeSpan? transientAge) =>
        (resolution.Version != version && version != JobErrors.AnyVersion && resolution.Version != JobErrors.AnyVersion)
        || (resolution.IsTransient && time.GetUtcNow() - resolution.Created >= transientAge);

    private static List<Guid> RemoveOutdated(SqliteSession session, Guid id)
    {
        var removed = session.Query(DeleteOutdated, static reader => reader.GetId(0), ("@id", id));
        foreach (var gone in removed) session.Execute(UnqueueDependents, ("@id", gone));
        return removed;
    }

    /// <returns>The job, or none when it stands on an error.</returns>
    private IEnumerable<Job> Insert(SqliteSession session, Guid id, Demand demand)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToMilliseconds());
        return session
            .Query(InsertJob, static reader => (JobState)reader.GetInt32(0), ("@id", id), ("@batch", demand.IsBatch), ("@owner", demand.Owner), ("@now", now.ToMilliseconds()))
            .Select(state => new Job(id, state, 0, now, null, null));
    }

    private Claim Claim(SqliteSession session, int worker, int most)
    {
        if (most <= 0) return new Claim([], null);

        _mayHaveSuspects = _mayHaveSuspects && session.Query(HasSuspects, static reader => reader.GetBoolean(0)).Single();
        var now = time.GetUtcNow().ToMilliseconds();
        var jobs = session.Query(ClaimUnsuspected, Read, ("@worker", worker), ("@now", now), ("@most", most), ("@suspects", _mayHaveSuspects));
        if (_mayHaveSuspects) session.Execute(KeepSuspect, ("@worker", worker), ("@now", now));
        if (jobs.Count == 0 && _mayHaveSuspects) jobs = session.Query(ClaimSuspect, Read, ("@worker", worker), ("@now", now));
        if (jobs.Count == 0) return new Claim([], session.Query(SqliteJobSql.NextDue, reader => reader.GetTimeOrNull(0) - time.GetUtcNow(), ("@now", now)).Single());

        var hasMore = session.Query(HasMore, static _ => true, ("@now", now)).Count > 0;
        // RETURNING gives rows in any order.
        return new Claim([.. jobs.OrderBy(job => job.Turn).Select(job => job.Job)], null, hasMore);

        (ClaimedJob Job, (bool IsBatch, long Turn) Turn) Read(SqliteDataReader reader) =>
            (new ClaimedJob(reader.GetId(0), worker, reader.GetInt32(1)) { Waited = time.GetUtcNow() - reader.GetTime(4) }, (reader.GetBoolean(2), reader.GetInt64(3)));
    }

    private void Finish(SqliteSession session, JobFinish finish, Ended ended)
    {
        var id = finish.Job.ProcessId;
        // What goes back may be one.
        if (finish is not JobFinish.Resolved) _mayHaveSuspects = true;
        var run = session.Query(SelectRun, static reader => reader.GetBoolean(0), ("@id", id), ("@worker", finish.Job.Worker), ("@attempt", finish.Job.Attempt));
        if (run is not [var isCancelRequested]) return;

        switch (finish)
        {
            case JobFinish.Resolved resolved:
                Resolve(session, id, resolved.Output, ended, resolved.Version, resolved.Duration, resolved.IsTransient);
                break;
            case JobFinish.Retry or JobFinish.Released when isCancelRequested:
                Resolve(session, id, JobErrors.Cancelled, ended);
                break;
            case JobFinish.Retry retry:
                session.Execute(RetryJob, ("@id", id), ("@time", (time.GetUtcNow() + retry.Delay).ToMilliseconds()));
                ended.Queued.Add(id);
                break;
            case JobFinish.Released:
                session.Execute(ReleaseJob, ("@id", id));
                ended.Queued.Add(id);
                break;
        }
    }

    /// <summary>Puts a result in the place of a job.</summary>
    private void Resolve(SqliteSession session, Guid id, Datum output, Ended ended, int version = JobErrors.AnyVersion, TimeSpan duration = default, bool isTransient = false)
    {
        session.Execute(DeleteJob, ("@id", id));
        session.Execute(InsertData, ("@id", output.Id), ("@type", output.Type), ("@value", output.Value));
        foreach (var named in UploadLinks.IdsIn(output)) session.Execute(GrantMade, ("@data", output.Id), ("@upload", named));
        session.Execute(
            InsertResolution,
            ("@id", id),
            ("@data", output.Id),
            ("@version", version),
            ("@now", time.GetUtcNow().ToMilliseconds()),
            ("@duration", (long)duration.TotalMilliseconds),
            ("@transient", isTransient));
        ended.Finished.Add(id);
        if (output.Type == ErrorData.Spec) ended.Dropped.AddRange(session.Query(DropDependents, static reader => reader.GetId(0), ("@id", id)));
        else ended.Queued.AddRange(session.Query(QueueDependents, static reader => reader.GetId(0), ("@id", id)));
    }

    private CancelOutcome Cancel(SqliteSession session, IReadOnlyCollection<Guid> processIds)
    {
        var ids = SqliteValues.ToJson(processIds);
        var running = session.Query(RequestCancel, static reader => reader.GetId(0), ("@ids", ids));
        var ended = new Ended();
        // Queued ones first: what stands on them is dropped with them.
        foreach (var id in session.Query(SelectIdle, static reader => reader.GetId(0), ("@ids", ids)))
        {
            if (!ended.Dropped.Contains(id)) Resolve(session, id, JobErrors.Cancelled, ended);
        }

        return new CancelOutcome([.. ended.Finished, .. ended.Dropped], running);
    }

    private IReadOnlyList<Guid> Rescue(SqliteSession session, IReadOnlySet<int> alive)
    {
        _mayHaveSuspects = true;
        var rescued = new List<Guid>();
        var ended = new Ended();
        foreach (var (id, worker, deaths, isCancelRequested) in session.Query(SelectRunning, static reader => (reader.GetId(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetBoolean(3))))
        {
            if (alive.Contains(worker)) continue;

            rescued.Add(id);
            // The first death may have been another job's doing; the next ones happened while it ran alone.
            if (isCancelRequested) Resolve(session, id, JobErrors.Cancelled, ended);
            else if (deaths < JobErrors.MostDeathsAlone) session.Execute(RescueJob, ("@id", id));
            else Resolve(session, id, JobErrors.TookWorkerDown, ended);
        }

        return [.. rescued, .. ended.Dropped];
    }

    private static Resolution ReadResolution(SqliteDataReader reader) =>
        new(reader.GetId(0), reader.GetId(1), reader.GetString(2), reader.GetInt32(3), reader.GetTime(4), TimeSpan.FromMilliseconds(reader.GetInt64(5)), reader.GetBoolean(6));

    private static Job ReadJob(SqliteDataReader reader) =>
        new(reader.GetId(0), (JobState)reader.GetInt32(1), reader.GetInt32(2), reader.GetTime(3), reader.GetTimeOrNull(4), reader.GetIntOrNull(5), reader.GetBoolean(6));

    /// <summary>Collects what one transaction changed.</summary>
    private sealed class Ended
    {
        public List<Guid> Finished { get; } = [];

        public List<Guid> Queued { get; } = [];

        public List<Guid> Dropped { get; } = [];
    }
}
