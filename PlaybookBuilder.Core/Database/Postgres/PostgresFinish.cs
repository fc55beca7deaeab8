using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.Postgres.PostgresJobSql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The statements that end runs, at the start of a batch, and what came of them.</summary>
internal sealed class PostgresFinish
{
    private readonly List<IReadOnlyList<Guid>> _finished = [];
    private readonly List<IReadOnlyList<Guid>> _queued = [];
    private readonly IReadOnlyList<Guid> _dropped = [];

    public PostgresFinish(PostgresBatch batch, int worker, IReadOnlyList<JobFinish> finishes)
    {
        JobFinish.Resolved[] resolved = [.. finishes.OfType<JobFinish.Resolved>()];
        JobFinish[] returned = [.. finishes.Where(finish => finish is not JobFinish.Resolved)];
        Datum[] data = [.. resolved.Select(finish => finish.Output).Concat(returned.Length > 0 ? [JobErrors.Cancelled] : []).DistinctBy(datum => datum.Id)];
        if (data.Length > 0) batch.Execute(InsertData, ("ids", Array(data, datum => datum.Id)), ("types", Array(data, datum => datum.Type)), ("values", Array(data, datum => datum.Value)));
        UploadGrant[] named = [.. resolved.SelectMany(finish => UploadLinks.IdsIn(finish.Output), static (finish, id) => new UploadGrant(finish.Output.Id, id)).Distinct()];
        if (named.Length > 0) batch.Execute(GrantMade, ("data", Array(named, grant => grant.DataId)), ("uploads", Array(named, grant => grant.UploadId)));
        if (resolved.Length > 0) _finished.Add(Resolve(batch, worker, resolved));
        if (returned.Length > 0) Return(batch, worker, returned);

        // What was to run again may have ended as cancelled.
        Guid[] failed = [.. resolved.Where(finish => finish.Output.Type == ErrorData.Spec).Concat(returned).Select(finish => finish.Job.ProcessId)];
        Guid[] succeeded = [.. resolved.Where(finish => finish.Output.Type != ErrorData.Spec).Select(finish => finish.Job.ProcessId)];
        Guid[] ids = [.. failed, .. succeeded];
        if (ids.Length == 0) return;

        batch.Lock(LockDependents, ("ids", ids));
        if (failed.Length > 0) _dropped = batch.Query(DropDependents, static reader => reader.GetGuid(0), ("ids", failed));
        if (succeeded.Length > 0) _queued.Add(batch.Query(QueueDependents, static reader => reader.GetGuid(0), ("ids", succeeded)));
    }

    public FinishOutcome ToOutcome(Claim taken) => new([.. _finished.SelectMany(ids => ids)], [.. _queued.SelectMany(ids => ids)], _dropped, taken);

    private static IReadOnlyList<Guid> Resolve(PostgresBatch batch, int worker, JobFinish.Resolved[] resolved) => batch.Query(
        PostgresJobSql.Resolve,
        static reader => reader.GetGuid(0),
        ("worker", worker),
        ("ids", Array(resolved, finish => finish.Job.ProcessId)),
        ("attempts", Array(resolved, finish => finish.Job.Attempt)),
        ("data", Array(resolved, finish => finish.Output.Id)),
        ("versions", Array(resolved, finish => finish.Version)),
        ("durations", Array(resolved, finish => (long)finish.Duration.TotalMilliseconds)),
        ("transient", Array(resolved, finish => finish.IsTransient)));

    private void Return(PostgresBatch batch, int worker, JobFinish[] returned)
    {
        var (ids, attempts) = (Array(returned, finish => finish.Job.ProcessId), Array(returned, finish => finish.Job.Attempt));
        _finished.Add(batch.Query(ResolveCancelled, static reader => reader.GetGuid(0), ("worker", worker), ("ids", ids), ("attempts", attempts), ("cancelled", JobErrors.Cancelled.Id), ("version", JobErrors.AnyVersion)));
        _queued.Add(batch.Query(
            PostgresJobSql.Return,
            static reader => reader.GetGuid(0),
            ("worker", worker),
            ("ids", ids),
            ("attempts", attempts),
            ("delays", Array(returned, finish => (finish as JobFinish.Retry)?.Delay))));
    }

    private static TValue[] Array<T, TValue>(T[] items, Func<T, TValue> value) => [.. items.Select(value)];
}
