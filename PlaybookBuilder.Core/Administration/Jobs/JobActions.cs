using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Administration.Jobs;

/// <summary>What administrators do to jobs. The engine does it, in its own time, so the audit log tells of it before: rather of what was not done any more than not of what was.</summary>
internal sealed class JobActions(IModelDatabase database, PlaybookEngine engine, AuditLog audit)
{
    /// <summary>So many at most are cancelled in one exchange with the queue.</summary>
    private const int Batch = 500;

    /// <summary>So many jobs at most go with one purge.</summary>
    private const int MostPurged = 10_000;

    /// <summary>Stops a job that runs, or takes one out of the queue; what stands on it goes with it.</summary>
    /// <exception cref="AccessException">The actor is no administrator, or there is no such job.</exception>
    public async Task CancelAsync(Actor actor, Guid processId, string address, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var state = await database.ReadAsync((context, token) => context.Set<JobRow>().Where(job => job.ProcessId == processId).Select(job => (JobState?)job.State).SingleOrDefaultAsync(token), cancellationToken).ConfigureAwait(false) ?? throw NoSuchJob();
        await audit.RecordAsync(actor, "job.cancel", processId.ToString(), state == JobState.Running ? "while it ran" : "in the queue", address, cancellationToken).ConfigureAwait(false);
        var outcome = await engine.CancelAsync([processId], cancellationToken).ConfigureAwait(false);
        if (outcome.Ended.Count + outcome.Running.Count == 0) throw NoSuchJob();
    }

    /// <summary>Forgets the result of a step, with all that stands on it, and asks for it again.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    /// <exception cref="WorkflowException">There is no such process.</exception>
    public async Task RetryAsync(Actor actor, Guid processId, string address, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var lineage = await engine.GetLineageAsync(processId, cancellationToken).ConfigureAwait(false);
        await audit.RecordAsync(actor, "job.retry", processId.ToString(), lineage.Steps[^1].Process.Type, address, cancellationToken).ConfigureAwait(false);
        var playbook = await engine.RecomputeAsync(lineage, lineage.Steps.Length - 1, cancellationToken).ConfigureAwait(false);
        await engine.RequestAsync(playbook, actor.UserId is { } id ? new Demand(id.ToString()) : Demand.Anonymous, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Empties the queue, but for what runs: everybody's jobs, or one owner's. They end as errors that say that they were cancelled.</summary>
    /// <param name="owner">Whose, as the queue has it; null for everybody's.</param>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public async Task<Purge> PurgeAsync(Actor actor, string? owner, string address, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        FilterText.Check(owner, "owner");
        var cancelled = 0;
        while (cancelled < MostPurged)
        {
            var ids = await SelectIdleAsync(owner, cancellationToken).ConfigureAwait(false);
            if (ids.Count == 0) return new Purge(cancelled, HasMore: false);

            await audit.RecordAsync(actor, "job.purge", owner ?? "everybody", $"{ids.Count} jobs, and what stands on them", address, cancellationToken).ConfigureAwait(false);
            var outcome = await engine.CancelAsync(ids, cancellationToken).ConfigureAwait(false);
            // What was idle may run by now: it is not in the next batch, and nothing idle is left once that is empty.
            if (outcome.Ended.Count == 0) return new Purge(cancelled, HasMore: false);

            cancelled += outcome.Ended.Count;
        }

        return new Purge(cancelled, (await SelectIdleAsync(owner, cancellationToken).ConfigureAwait(false)).Count > 0);
    }

    private Task<List<Guid>> SelectIdleAsync(string? owner, CancellationToken cancellationToken) => database.ReadAsync(
        async (context, token) =>
        {
            var queued = await SelectAsync(context, JobState.Queued, owner, Batch, token).ConfigureAwait(false);
            return queued.Count > 0 ? queued : await SelectAsync(context, JobState.Waiting, owner, Batch, token).ConfigureAwait(false);
        },
        cancellationToken);

    private static Task<List<Guid>> SelectAsync(PlaybookDbContext context, JobState state, string? owner, int most, CancellationToken cancellationToken)
    {
        var rows = context.Set<JobRow>().Where(job => job.State == state);
        if (owner is not null) rows = rows.Where(job => job.Owner == owner);
        return rows.OrderBy(job => job.IsBatch).ThenBy(job => job.Turn).Take(most).Select(job => job.ProcessId).ToListAsync(cancellationToken);
    }

    private static AccessException NoSuchJob() => AccessException.NotFound("There is no such job any more.");
}
