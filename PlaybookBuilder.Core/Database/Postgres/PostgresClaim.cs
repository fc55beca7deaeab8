using Npgsql;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.Postgres.PostgresJobSql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The statements that take jobs, at the end of a batch, and what they took.</summary>
internal sealed class PostgresClaim
{
    private readonly Take _take;
    private readonly IReadOnlyList<Taken> _taken;
    private readonly IReadOnlyList<(bool HasMore, TimeSpan? NextDue, bool HasSuspects)> _outlook;

    private PostgresClaim(PostgresBatch batch, int worker, Take take, IReadOnlyList<Taken> taken)
    {
        (_take, _taken) = (take, taken);
        _outlook = batch.Query(SelectOutlook, static reader => (reader.GetBoolean(0), reader.IsDBNull(1) ? (TimeSpan?)null : reader.GetTimeSpan(1), reader.GetBoolean(2)), ("worker", worker));
    }

    /// <summary>Whether there is a job that may run only alone, for this worker or for whoever takes it.</summary>
    public bool HasSuspects => _outlook.Single().HasSuspects;

    public bool IsEmpty => _taken.Count == 0;

    public static PostgresClaim Unsuspected(PostgresBatch batch, int worker, Take take) =>
        new(batch, worker, take, batch.Query(ClaimUnsuspected, reader => Read(reader, worker), ("worker", worker), ("now", (long)take.Now), ("most", take.Total)));

    /// <summary>Keeps a suspect for the worker, and takes it if the worker runs nothing.</summary>
    public static PostgresClaim Suspect(PostgresBatch batch, int worker)
    {
        batch.Execute(KeepSuspect, ("worker", worker));
        return new(batch, worker, 1, batch.Query(ClaimSuspect, reader => Read(reader, worker), ("worker", worker)));
    }

    public Claim ToClaim()
    {
        var (hasMore, nextDue, _) = _outlook.Single();
        if (IsEmpty) return new Claim([], nextDue);

        var inputs = _taken.Where(row => row.Input is not null).ToLookup(row => row.Process.Id, row => row.Input!.Value);
        Taken[] jobs = [.. _taken.DistinctBy(row => row.Process.Id)];
        return new Claim([.. jobs.Take(_take.Now).Select(row => row.Job)], null, hasMore)
        {
            Ahead = [.. jobs.Skip(_take.Now).Select(row => row.Job)],
            Processes = [.. jobs.Select(row => row.Process.With(inputs))],
            Inputs = _taken.Where(row => row.Output is not null).DistinctBy(row => row.Input!.Value.ProcessId).ToDictionary(row => row.Input!.Value.ProcessId, row => row.Output!),
        };
    }

    private static Taken Read(NpgsqlDataReader reader, int worker)
    {
        var process = PostgresProcess.Read(reader, reader.GetGuid(0), 1);
        var job = new ClaimedJob(process.Id, worker, reader.GetInt32(6)) { Waited = reader.GetTimeSpan(7), TraceParent = reader.IsDBNull(8) ? null : reader.GetString(8) };
        if (reader.IsDBNull(9)) return new Taken(job, process, null, null);

        var output = reader.IsDBNull(12) ? null : new ClaimedInput(reader.GetGuid(12), reader.GetString(13), reader.IsDBNull(14) ? null : PostgresProcess.ReadDatum(reader, 12));
        return new Taken(job, process, PostgresProcess.ReadInput(reader, 9), output);
    }

    /// <summary>A job with one of its inputs and the output that this gave, or without any.</summary>
    private sealed record Taken(ClaimedJob Job, PostgresProcess Process, ProcessInput? Input, ClaimedInput? Output);
}
