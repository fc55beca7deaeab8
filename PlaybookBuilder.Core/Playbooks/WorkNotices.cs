using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Remembers who asked for work and wants mail when it is done, whatever becomes of the page and the program in which it was asked for.</summary>
internal sealed class WorkNotices(IModelDatabase database, PlaybookEngine engine, TimeProvider time)
{
    /// <summary>Nobody wants mail about what takes less.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    /// <summary>What takes longer, or can't be told for so long, is forgotten.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    private const int LongestTitle = 200;
    private const int Batch = 100;

    /// <summary>Remembers that a user works at a playbook; nothing, unless the user wants mail.</summary>
    /// <param name="insteadOf">The playbook that this one was made of by an edit, of which nobody needs to hear any more.</param>
    public Task AskAsync(Guid userId, Guid playbookId, Guid? insteadOf, CancellationToken cancellationToken) => database.WriteBesideOthersAsync(
        async (context, token) =>
        {
            var isWanted = await context.Set<UserAccountRow>().AnyAsync(user => user.Id == userId && user.WantsMail && user.Email != null && !user.IsDisabled, token).ConfigureAwait(false);
            if (!isWanted) return 0;

            if (insteadOf is { } former) await Of(context, userId, former).ExecuteDeleteAsync(token).ConfigureAwait(false);
            if (await Of(context, userId, playbookId).AnyAsync(token).ConfigureAwait(false)) return 0;

            context.Add(new WorkNoticeRow { UserId = userId, PlaybookId = playbookId, Asked = time.GetUtcNow() });
            return await context.SaveChangesAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Finds what is done, and forgets it: of two programs that look, one finds it.</summary>
    public async IAsyncEnumerable<DoneWork> TakeDoneAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = DateTimeOffset.MinValue.UtcDateTime;
        for (var isLast = false; !isLast;)
        {
            var from = new DateTimeOffset(after, TimeSpan.Zero);
            var asked = await database.ReadAsync((context, token) => context.Set<WorkNoticeRow>().Where(row => row.Asked > from).OrderBy(row => row.Asked).Take(Batch).ToListAsync(token), cancellationToken).ConfigureAwait(false);
            isLast = asked.Count < Batch;
            foreach (var notice in asked)
            {
                after = notice.Asked.UtcDateTime;
                if (await TakeAsync(notice, cancellationToken).ConfigureAwait(false) is { } done) yield return done;
            }
        }
    }

    /// <summary>Remembers again what could not be told.</summary>
    public Task ReturnAsync(DoneWork done, CancellationToken cancellationToken) => database.WriteBesideOthersAsync(
        async (context, token) =>
        {
            if (await Of(context, done.UserId, done.PlaybookId).AnyAsync(token).ConfigureAwait(false)) return 0;

            context.Add(new WorkNoticeRow { UserId = done.UserId, PlaybookId = done.PlaybookId, Asked = done.Asked });
            return await context.SaveChangesAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task<DoneWork?> TakeAsync(WorkNoticeRow notice, CancellationToken cancellationToken)
    {
        var playbook = await engine.GetAsync(notice.PlaybookId, cancellationToken).ConfigureAwait(false);
        var states = await engine.ReadStatesAsync(playbook, cancellationToken).ConfigureAwait(false);
        var isTooOld = time.GetUtcNow() - notice.Asked > Longest;
        if (states.Any(static state => state.IsAtWork) && !isTooOld) return null;

        var (isOurs, email) = await database.WriteAsync(
            async (context, token) =>
            {
                var address = await context.Set<UserAccountRow>().Where(user => user.Id == notice.UserId && user.WantsMail && !user.IsDisabled).Select(user => user.Email).SingleOrDefaultAsync(token).ConfigureAwait(false);
                return (await Of(context, notice.UserId, notice.PlaybookId).ExecuteDeleteAsync(token).ConfigureAwait(false) == 1, address);
            },
            cancellationToken).ConfigureAwait(false);
        var ended = states.Max(static state => state.Resolution?.Created) ?? notice.Asked;
        if (!isOurs || isTooOld || email is null || ended - notice.Asked < Least) return null;

        return new DoneWork(notice.UserId, email, notice.PlaybookId, GivenText.OneLine(GivenText.Shorten(playbook.Metadata?.Title ?? "", LongestTitle)), states.Count(static state => state.Phase == ProcessPhase.Failed), notice.Asked);
    }

    private static IQueryable<WorkNoticeRow> Of(PlaybookDbContext context, Guid userId, Guid playbookId) => context.Set<WorkNoticeRow>().Where(row => row.UserId == userId && row.PlaybookId == playbookId);
}
