using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Administration.Programs;
using PlaybookBuilder.Core.Administration.Storage;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Administration;

/// <summary>Reads how the deployment does; every count has a bound.</summary>
internal sealed class OverviewReading(IModelDatabase database, IJobQueue queue, ProgramList programs, StorageMeasure storage, ErrorLog errors, TimeProvider time)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public async Task<Overview> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var since = time.GetUtcNow() - Lately;
        var depth = await queue.MeasureAsync(cancellationToken).ConfigureAwait(false);
        var alive = await programs.CountAliveAsync(actor, cancellationToken).ConfigureAwait(false);
        var stored = await storage.ReadAsync(actor, cancellationToken).ConfigureAwait(false);
        return await database.ReadAsync(
            async (context, token) =>
            {
                // No more than the log keeps.
                var lately = await context.Set<LoggedErrorRow>().OrderByDescending(row => row.Id).Take(ErrorLog.Kept).Where(row => row.At >= since)
                    .GroupBy(row => row.Category == ErrorLog.FailedStep).Select(of => new { IsStep = of.Key, Count = of.Count() }).ToListAsync(token).ConfigureAwait(false);
                var users = await context.Set<UserAccountRow>().Take(QueueDepth.Most).CountAsync(token).ConfigureAwait(false);
                var open = await context.Set<SuggestionRow>().Where(row => row.State == SuggestionState.Open).Take(QueueDepth.Most).CountAsync(token).ConfigureAwait(false);
                return new Overview(depth, alive, lately.Where(of => !of.IsStep).Sum(of => of.Count), lately.Where(of => of.IsStep).Sum(of => of.Count), errors.Lost, users, open, stored?.Stored);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
