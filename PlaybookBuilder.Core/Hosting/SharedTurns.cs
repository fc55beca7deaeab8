using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Core.Hosting;

/// <summary>Of many programs that do the same for all now and then, one does it each time.</summary>
internal sealed class SharedTurns(IModelDatabase database, TimeProvider time)
{
    /// <summary>Since when this database knows of something: from the first time that any program asks. A copy of the database knows it too.</summary>
    public Task<DateTimeOffset> FindFirstAsync(string work, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) =>
        {
            if (context.Database.IsNpgsql()) await PostgresLocks.HoldAsync(context, PostgresLocks.Turns, token).ConfigureAwait(false);
            if (await context.Set<SharedTurnRow>().SingleOrDefaultAsync(turn => turn.Work == work, token).ConfigureAwait(false) is { } known) return known.Taken;

            var now = time.GetUtcNow();
            context.Add(new SharedTurnRow { Work = work, Taken = now });
            await context.SaveChangesAsync(token).ConfigureAwait(false);
            return now;
        },
        cancellationToken);

    /// <param name="work">What is to be done, for example <c>retention</c>.</param>
    /// <param name="rest">How long it is left alone after somebody began it.</param>
    /// <returns>Whether it is the caller's turn, and nobody else's until <paramref name="rest"/> has passed.</returns>
    public Task<bool> TryTakeAsync(string work, TimeSpan rest, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) =>
        {
            // Waited for: who looks at this moment may look for other work.
            if (context.Database.IsNpgsql()) await PostgresLocks.HoldAsync(context, PostgresLocks.Turns, token).ConfigureAwait(false);

            var now = time.GetUtcNow();
            var last = await context.Set<SharedTurnRow>().SingleOrDefaultAsync(turn => turn.Work == work, token).ConfigureAwait(false);
            // One in the future was taken by a clock that was wrong.
            if (last is not null && last.Taken > now - rest && last.Taken <= now) return false;

            if (last is null) context.Add(new SharedTurnRow { Work = work, Taken = now });
            else last.Taken = now;
            await context.SaveChangesAsync(token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
