using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Programs;

/// <summary>The processes of the deployment, for administrators.</summary>
internal sealed class ProgramList(IModelDatabase database, JobList jobs, TimeProvider time)
{
    /// <summary>Who was silent for so long is gone: three of its words are missing.</summary>
    public static readonly TimeSpan LongestSilence = ProgramRegistry.Interval * 3;

    /// <summary>Those started last first, with what each runs.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public async Task<Paged<ProgramSummary>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var (before, size) = (PageKey.ReadLatest(page.After), page.Size);
        var running = await jobs.ListRunningAsync(actor, cancellationToken).ConfigureAwait(false);
        var alive = time.GetUtcNow() - LongestSilence;
        var found = await database.ReadAsync(
            (context, token) => context.Set<ProgramRow>()
                .Where(row => row.Id < before)
                .OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(token),
            cancellationToken).ConfigureAwait(false);
        return Paged<ProgramSummary>.Of([.. found.Select(row => Summarize(row, alive, running))], size, static program => PageKey.Of(program.Id));
    }

    /// <summary>How many processes live.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<int> CountAliveAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var alive = time.GetUtcNow() - LongestSilence;
        return database.ReadAsync((context, token) => context.Set<ProgramRow>().CountAsync(row => row.LastSeen >= alive, token), cancellationToken);
    }

    private static ProgramSummary Summarize(ProgramRow row, DateTimeOffset alive, ILookup<int, JobSummary> running) => new(
        row.Id, row.Role, row.Version, row.Machine, row.ProcessNumber, row.Slots, row.Worker, row.Started, row.LastSeen, row.LastSeen >= alive, row.Worker is { } worker && row.LastSeen >= alive ? [.. running[worker]] : []);
}
