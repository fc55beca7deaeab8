using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Administration.Jobs;

/// <summary>The jobs of the whole deployment, for administrators: those that run, those that could, those that wait for others; each in the order of the queue.</summary>
internal sealed class JobList(IModelDatabase database, EngineSignals signals)
{
    private static readonly JobState[] InOrder = [JobState.Running, JobState.Queued, JobState.Waiting];

    /// <param name="state">One state; null for all.</param>
    /// <param name="owner">Whose, as the queue has it; null for everybody's.</param>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public async Task<Paged<JobSummary>> ListAsync(Actor actor, JobState? state, string? owner, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        FilterText.Check(owner, "owner");
        // Within each of these the order is that of an index.
        (JobState State, bool IsBatch)[] groups = [.. (state is { } one ? [one] : InOrder).SelectMany(state => new[] { (state, false), (state, true) })];
        var (first, turn, id) = PageKey.ReadGroup(page.After);
        var size = page.Size;
        var found = await database.ReadAsync(
            async (context, token) =>
            {
                var rows = new List<(int Group, JobSummary Job)>();
                for (var group = first; group < groups.Length && rows.Count <= size; group++)
                {
                    var from = group == first ? (turn, id) : (long.MinValue, Guid.Empty);
                    var jobs = await SelectAsync(context, groups[group], owner, from, size + 1 - rows.Count, token).ConfigureAwait(false);
                    rows.AddRange(jobs.Select(job => (group, job)));
                }

                return await WithOwnersAsync(context, rows, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        var paged = Paged<(int Group, JobSummary Job)>.Of(found, size, static row => PageKey.Of(row.Group, row.Job.Turn, row.Job.Id));
        return new([.. paged.Items.Select(row => row.Job with { Percent = row.Job.State == JobState.Running ? signals.ProgressOf(row.Job.Id)?.Percent : null })], paged.Next);
    }

    /// <summary>All that runs now, by worker: no more than there are slots.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public async Task<ILookup<int, JobSummary>> ListRunningAsync(Actor actor, CancellationToken cancellationToken)
    {
        var page = await ListAsync(actor, JobState.Running, null, new PageRequest(Limit: PageRequest.Most), cancellationToken).ConfigureAwait(false);
        return page.Items.Where(job => job.Worker is not null).ToLookup(job => job.Worker!.Value);
    }

    /// <summary>The steps that ended as errors lately, newest first: as many as the log of errors holds.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<FailedStep>> ListFailedAsync(Actor actor, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var (before, size) = (PageKey.ReadId(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = await context.Set<LoggedErrorRow>().Where(row => row.Id < before && row.Category == ErrorLog.FailedStep)
                    .OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(token).ConfigureAwait(false);
                return Paged<FailedStep>.Of([.. rows.Select(Read)], size, static step => PageKey.Of(step.Id));
            },
            cancellationToken);
    }

    private static Task<List<JobSummary>> SelectAsync(PlaybookDbContext context, (JobState State, bool IsBatch) group, string? owner, (long Turn, Guid Id) from, int most, CancellationToken cancellationToken)
    {
        var ((state, isBatch), (turn, id)) = (group, from);
        var rows = context.Set<JobRow>().Where(job => job.State == state && job.IsBatch == isBatch && job.Turn >= turn && (job.Turn > turn || job.ProcessId > id));
        if (owner is not null) rows = rows.Where(job => job.Owner == owner);
        var page = rows.OrderBy(job => job.Turn).ThenBy(job => job.ProcessId).Take(most);
        return (
            from job in page
            join process in context.Set<ProcessRow>() on job.ProcessId equals process.Id
            orderby job.Turn, job.ProcessId
            select new JobSummary(job.ProcessId, process.Type, job.State, job.IsBatch, job.Owner, null, job.Attempt, job.Deaths, job.Worker, job.Created, job.Started, job.NotBefore, job.IsCancelRequested) { Turn = job.Turn })
            .ToListAsync(cancellationToken);
    }

    private static async Task<List<(int Group, JobSummary Job)>> WithOwnersAsync(PlaybookDbContext context, List<(int Group, JobSummary Job)> rows, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. rows.Select(row => Guid.TryParse(row.Job.Owner, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];
        if (ids.Length == 0) return rows;

        var names = await context.Set<UserAccountRow>().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => (row.Group, Guid.TryParse(row.Job.Owner, out var id) && names.TryGetValue(id, out var name) ? row.Job with { OwnerName = name } : row.Job))];
    }

    private static FailedStep Read(LoggedErrorRow row)
    {
        var (type, id) = row.Detail.LastIndexOf(' ') is var space and > 0 ? (row.Detail[..space], row.Detail[(space + 1)..]) : ("", row.Detail);
        return new FailedStep(row.Id, row.At, Guid.TryParse(id, out var processId) ? processId : Guid.Empty, type, row.Message, row.Program, row.TraceId);
    }
}
