using Npgsql;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.Postgres.PostgresJobSql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The statements that take jobs, at the end of a batch, and what they took.</summary>
internal sealed class PostgresClaim
{
    private readonly Take _take;
    private readonly IReadOnlyList<(ClaimedJob Job, long Place)> _jobs;
    private readonly IReadOnlyList<(bool HasMore, TimeSpan? NextDue, bool HasSuspects)> _outlook;
    private readonly IReadOnlyList<PostgresProcess> _processes;
    private readonly IReadOnlyList<(Guid Process, ProcessInput Input, ClaimedInput? Output)> _inputs;

    private PostgresClaim(PostgresBatch batch, int worker, Take take, IReadOnlyList<(ClaimedJob Job, long Place)> jobs)
    {
        (_take, _jobs) = (take, jobs);
        _outlook = batch.Query(SelectOutlook, static reader => (reader.GetBoolean(0), reader.IsDBNull(1) ? (TimeSpan?)null : reader.GetTimeSpan(1), reader.GetBoolean(2)), ("worker", worker));
        _processes = batch.Query(SelectTakenProcesses, static reader => PostgresProcess.Read(reader, reader.GetGuid(0), 1), ("worker", worker));
        _inputs = batch.Query(SelectTakenInputs, ReadInput, ("worker", worker));
    }

    /// <summary>Whether there is a job that may run only alone, for this worker or for whoever takes it.</summary>
    public bool HasSuspects => _outlook.Single().HasSuspects;

    public bool IsEmpty => _jobs.Count == 0;

    public static PostgresClaim Unsuspected(PostgresBatch batch, int worker, Take take) =>
        new(batch, worker, take, batch.Query(ClaimUnsuspected, reader => ReadTaken(reader, worker), ("worker", worker), ("now", (long)take.Now), ("most", take.Total)));

    /// <summary>Keeps a suspect for the worker, and takes it if the worker runs nothing.</summary>
    public static PostgresClaim Suspect(PostgresBatch batch, int worker)
    {
        batch.Execute(KeepSuspect, ("worker", worker));
        return new(batch, worker, 1, batch.Query(ClaimSuspect, reader => ReadTaken(reader, worker), ("worker", worker)));
    }

    public Claim ToClaim()
    {
        var (hasMore, nextDue, _) = _outlook.Single();
        if (_jobs.Count == 0) return new Claim([], nextDue);

        var inputs = _inputs.ToLookup(input => input.Process, input => input.Input);
        // RETURNING gives rows in any order.
        ClaimedJob[] jobs = [.. _jobs.OrderBy(job => job.Place).Select(job => job.Job)];
        return new Claim([.. jobs.Take(_take.Now)], null, hasMore)
        {
            Ahead = [.. jobs.Skip(_take.Now)],
            Processes = [.. _processes.Select(process => process.With(inputs))],
            Inputs = _inputs.Where(input => input.Output is not null).DistinctBy(input => input.Input.ProcessId).ToDictionary(input => input.Input.ProcessId, input => input.Output!),
        };
    }

    private static (Guid Process, ProcessInput Input, ClaimedInput? Output) ReadInput(NpgsqlDataReader reader)
    {
        var (process, input) = PostgresProcess.ReadInput(reader);
        if (reader.IsDBNull(4)) return (process, input, null);

        return (process, input, new ClaimedInput(reader.GetGuid(4), reader.GetString(5), reader.IsDBNull(6) ? null : PostgresProcess.ReadDatum(reader, 4)));
    }

    private static (ClaimedJob Job, long Place) ReadTaken(NpgsqlDataReader reader, int worker) => (new ClaimedJob(reader.GetGuid(0), worker, reader.GetInt32(1)), reader.GetInt64(2));
}
