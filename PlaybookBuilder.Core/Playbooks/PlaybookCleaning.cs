using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Cleans away what was deleted so long ago that it can't be brought back any more, and the visitors of past days.</summary>
internal sealed class PlaybookCleaning(IModelDatabase database, TimeProvider time)
{
    private const int MostAtOnce = 500;
    private const int DaysOfVisitors = 2;

    /// <summary>Does what is to be done, unless another program is at it.</summary>
    /// <returns>How many saved playbooks are gone.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var removed = 0;
        int last;
        do
        {
            last = await database.WriteAsync((context, token) => RemoveAsync(context, now, token), cancellationToken).ConfigureAwait(false);
            removed += last;
        }
        while (last == MostAtOnce);
        return removed;
    }

    private static async Task<int> RemoveAsync(PlaybookDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (context.Database.IsNpgsql() && !await PostgresLocks.TryHoldAsync(context, PostgresLocks.DeletedPlaybooks, cancellationToken).ConfigureAwait(false)) return 0;

        var before = now - SavedPlaybooks.DeletedLife;
        var day = (int)(now - DateTimeOffset.UnixEpoch).TotalDays - DaysOfVisitors;
        await context.Set<SavedPlaybookClickRow>().Where(row => row.Day < day).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var ids = await context.Set<SavedPlaybookRow>().Where(row => row.Deleted < before).OrderBy(row => row.Deleted).Select(row => row.Id).Take(MostAtOnce).ToListAsync(cancellationToken).ConfigureAwait(false);
        return ids.Count == 0 ? 0 : await context.Set<SavedPlaybookRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
