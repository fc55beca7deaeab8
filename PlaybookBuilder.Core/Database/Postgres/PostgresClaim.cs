using Npgsql;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.Postgres.PostgresJobSql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The statements that take jobs, at the end of a batch, and what they took.</summary>
internal sealed class PostgresClaim
{
    private readonly IReadOnlyList<(ClaimedJob Job, bool IsBatch, long Turn)> _jobs;
    private readonly IReadOnlyList<(bool HasMore, TimeSpan? NextDue, bool HasSuspects)> _outlook;
    private readonly IReadOnlyList<PostgresProcess> _processes;
    private readonly IReadOnlyList<(Guid Process, ProcessInput Input, ClaimedInput? Output)> _inputs;

    /// <param name="claim">One of the statements that claim.</param>
    public PostgresClaim(PostgresBatch batch, string claim, int worker, int most)
    {
        _jobs = batch.Query(claim, reader => ReadTaken(reader, worker), ("worker", worker), ("most", most));
        _outlook = batch.Query(SelectOutlook, static reader => (reader.GetBoolean(0), reader.IsDBNull(1) ? (TimeSpan?)null : reader.GetTimeSpan(1), reader.GetBoolean(2)));
        _processes = batch.Query(SelectTakenProcesses, static reader => PostgresProcess.Read(reader, reader.GetGuid(0), 1), ("worker", worker));
        _inputs = batch.Query(SelectTakenInputs, ReadInput, ("worker", worker));
    }

    /// <summary>Whether nothing was taken though something is runnable: what may run only alone.</summary>
    public bool HasOnlySuspects => _jobs.Count == 0 && _outlook.Single().HasSuspects;

    public Claim ToClaim()
    {
        var (hasMore, nextDue, _) = _outlook.Single();
        if (_jobs.Count == 0) return new Claim([], nextDue);

        var inputs = _inputs.ToLookup(input => input.Process, input => input.Input);
        // RETURNING gives rows in any order.
        return new Claim([.. _jobs.OrderBy(job => (job.IsBatch, job.Turn)).Select(job => job.Job)], null, hasMore)
        {
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

    private static (ClaimedJob Job, bool IsBatch, long Turn) ReadTaken(NpgsqlDataReader reader, int worker)
    {
        var job = new ClaimedJob(reader.GetGuid(0), worker, reader.GetInt32(1)) { Waited = reader.GetTimeSpan(4), TraceParent = reader.IsDBNull(5) ? null : reader.GetString(5) };
        return (job, reader.GetBoolean(2), reader.GetInt64(3));
    }
}
