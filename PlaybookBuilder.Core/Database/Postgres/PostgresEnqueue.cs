using Npgsql;
using PlaybookBuilder.Core.Engine.Queue;
using static PlaybookBuilder.Core.Database.Postgres.PostgresJobSql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>One asking for results: reads what there is, removes what is outdated, adds what is missing.</summary>
internal sealed class PostgresEnqueue(PostgresDatabase database, IReadOnlyList<JobRequest> requests, Demand demand, TimeSpan? transientAge)
{
    private readonly Guid[] _ids = [.. requests.Select(request => request.ProcessId).Distinct()];

    /// <returns>The processes that changed.</returns>
    public async Task<IReadOnlyList<Job>> RunAsync(CancellationToken cancellationToken)
    {
        var present = await ReadAsync(database.ExecuteAsync, cancellationToken).ConfigureAwait(false);
        if (present.Outdated(requests, transientAge).Length > 0) return await database.TransactAsync(transaction => ReplaceAsync(transaction, cancellationToken), cancellationToken).ConfigureAwait(false);

        return await AddAsync(database.ExecuteAsync, present, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Job>> ReplaceAsync(PostgresTransaction transaction, CancellationToken cancellationToken)
    {
        var present = await ReadAsync(transaction.RunAsync, cancellationToken).ConfigureAwait(false);
        var removing = new PostgresBatch();
        var removed = removing.Query(DeleteOutdated, static reader => reader.GetGuid(0), ("ids", present.Outdated(requests, transientAge)));
        await transaction.RunAsync(removing, cancellationToken).ConfigureAwait(false);

        var unqueueing = new PostgresBatch();
        unqueueing.Execute(UnqueueDependents, ("ids", removed.ToArray()));
        await transaction.RunAsync(unqueueing, cancellationToken).ConfigureAwait(false);
        return await AddAsync(transaction.RunAsync, present.Without(removed), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Present> ReadAsync(Func<PostgresBatch, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var inputs = batch.Query(SelectInputs, static reader => (Process: reader.GetGuid(0), Input: reader.GetGuid(1)), ("ids", _ids));
        var standings = batch.Query(SelectStandings, ReadStanding, ("ids", _ids));
        await run(batch, cancellationToken).ConfigureAwait(false);
        return new Present(inputs.ToLookup(input => input.Process, input => input.Input), standings.ToDictionary(standing => standing.ProcessId));
    }

    private async Task<IReadOnlyList<Job>> AddAsync(Func<PostgresBatch, CancellationToken, Task> run, Present present, CancellationToken cancellationToken)
    {
        var (added, promoted) = present.Choose(_ids, demand);
        if (added.Count == 0 && promoted.Length == 0) return [];

        var batch = new PostgresBatch();
        if (promoted.Length > 0) batch.Execute(MakeInteractive, ("ids", promoted), ("owner", demand.Owner));
        Guid[] ids = [.. added.Select(job => job.ProcessId)];
        var inserted = batch.Query(
            InsertJobs,
            static reader => new Job(reader.GetGuid(0), (JobState)reader.GetInt32(1), 0, reader.GetFieldValue<DateTimeOffset>(2), null, null),
            ("ids", ids),
            ("states", added.Select(job => (int)job.State).ToArray()),
            ("batch", demand.IsBatch),
            ("owner", demand.Owner),
            ("trace", JobTrace.Current));
        // Jobs that wait only for jobs that nobody else can see yet can't be overtaken by the end of one.
        var settlement = present.WaitForOthers(added) ? new Settlement(batch, ids) : null;
        await run(batch, cancellationToken).ConfigureAwait(false);
        if (settlement is null && inserted.Count < added.Count)
        {
            // Somebody asked for the same at the same time.
            var settling = new PostgresBatch();
            settlement = new Settlement(settling, ids);
            await run(settling, cancellationToken).ConfigureAwait(false);
        }

        return settlement?.Settle(inserted) ?? inserted;
    }

    /// <summary>Brings jobs just added into line with what happened to their inputs meanwhile.</summary>
    private sealed class Settlement
    {
        private readonly IReadOnlyList<Guid> _resolved;
        private readonly IReadOnlyList<Guid> _dropped;
        private readonly IReadOnlyList<Guid> _queued;

        public Settlement(PostgresBatch batch, Guid[] ids)
        {
            batch.Lock(HoldInputs, ("ids", ids));
            _resolved = batch.Query(DropResolved, static reader => reader.GetGuid(0), ("ids", ids));
            _dropped = batch.Query(DropHopeless, static reader => reader.GetGuid(0), ("ids", ids));
            _queued = batch.Query(QueueRunnable, static reader => reader.GetGuid(0), ("ids", ids));
        }

        public IReadOnlyList<Job> Settle(IEnumerable<Job> jobs) =>
            [.. jobs.Where(job => !_dropped.Contains(job.ProcessId) && !_resolved.Contains(job.ProcessId)).Select(job => _queued.Contains(job.ProcessId) ? job with { State = JobState.Queued } : job)];
    }

    private static Standing ReadStanding(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetIntOrNull(1),
        reader.IsDBNull(2) ? default : reader.GetTimeSpan(2),
        !reader.IsDBNull(3) && reader.GetBoolean(3),
        !reader.IsDBNull(4) && reader.GetBoolean(4),
        reader.GetBoolean(5),
        reader.GetBoolean(6));

    /// <summary>What there is of one process.</summary>
    /// <param name="Version">Of its result; null when it has none.</param>
    private sealed record Standing(Guid ProcessId, int? Version, TimeSpan Age, bool IsTransient, bool IsError, bool HasJob, bool IsBatchJob);

    private sealed class Present(ILookup<Guid, Guid> inputs, IReadOnlyDictionary<Guid, Standing> standings)
    {
        public Guid[] Outdated(IEnumerable<JobRequest> requests, TimeSpan? transientAge) =>
            [.. requests.Where(request => standings.TryGetValue(request.ProcessId, out var standing) && IsOutdated(standing, request.Version, transientAge)).Select(request => request.ProcessId).Distinct()];

        public Present Without(IReadOnlyCollection<Guid> removed) =>
            new(inputs, standings.Values.Select(standing => removed.Contains(standing.ProcessId) ? standing with { Version = null, IsError = false } : standing).ToDictionary(standing => standing.ProcessId));

        /// <summary>Which get a job, in the order of asking, and which jobs of a batch somebody waits for now.</summary>
        public (List<(Guid ProcessId, JobState State)> Added, Guid[] Promoted) Choose(Guid[] ids, Demand demand)
        {
            var added = new List<(Guid ProcessId, JobState State)>();
            var jobs = standings.Values.Where(standing => standing.HasJob).Select(standing => standing.ProcessId).ToHashSet();
            foreach (var id in ids)
            {
                if (HasResult(id) || jobs.Contains(id)) continue;

                // What stands on an error, or on what nobody asked for, is not enqueued.
                if (!inputs[id].All(input => HasValue(input) || jobs.Contains(input))) continue;

                jobs.Add(id);
                added.Add((id, inputs[id].All(HasValue) ? JobState.Queued : JobState.Waiting));
            }

            return (added, demand.IsBatch ? [] : [.. ids.Where(id => standings.TryGetValue(id, out var standing) && standing.IsBatchJob)]);
        }

        /// <summary>Whether any of these stands on the job of somebody else, which may end at any moment.</summary>
        public bool WaitForOthers(List<(Guid ProcessId, JobState State)> added)
        {
            var own = added.Select(job => job.ProcessId).ToHashSet();
            return added.Any(job => inputs[job.ProcessId].Any(input => !own.Contains(input) && !HasValue(input)));
        }

        private bool HasResult(Guid id) => standings.TryGetValue(id, out var standing) && standing.Version is not null;

        private bool HasValue(Guid id) => standings.TryGetValue(id, out var standing) && standing is { Version: not null, IsError: false };

        private static bool IsOutdated(Standing standing, int version, TimeSpan? transientAge) =>
            (standing.Version is { } present && present != version && version != JobErrors.AnyVersion && present != JobErrors.AnyVersion)
            || (standing is { Version: not null, IsTransient: true } && standing.Age >= transientAge);
    }
}
