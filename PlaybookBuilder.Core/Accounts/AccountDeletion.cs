using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Deletes accounts, at once and for good.</summary>
internal sealed class AccountDeletion(IModelDatabase database, AuditLog audit, UserSessions sessions, ApiTokens tokens, TimeProvider time)
{
    /// <summary>Holds what those published who are gone. Nobody signs in as this, and it says nothing of who they were.</summary>
    public static readonly Guid FormerUserId = Guid.Parse("00000000-0000-8000-8000-000000000002");

    private const string FormerUserName = "Former user";

    public Task<Belongings> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(AccessScopes.Read);
        return database.ReadAsync(
            async (context, token) =>
            {
                var playbooks = context.Set<SavedPlaybookRow>().Where(row => row.UserId == userId);
                var all = await playbooks.CountAsync(token).ConfigureAwait(false);
                var published = await playbooks.CountAsync(row => row.Published != null && row.Deleted == null, token).ConfigureAwait(false);
                var uploads = await context.Set<UploadRow>().CountAsync(row => row.UserId == userId, token).ConfigureAwait(false);
                var suggestions = await context.Set<SuggestionRow>().CountAsync(row => row.UserId == userId, token).ConfigureAwait(false);
                return new Belongings(all - published, published, uploads, suggestions, await context.Set<ApiTokenRow>().CountAsync(row => row.UserId == userId, token).ConfigureAwait(false));
            },
            cancellationToken);
    }

    /// <exception cref="AccessException">A token was not made for this, or nobody is signed in.</exception>
    /// <exception cref="ArgumentException">It is the local user's account, which belongs to the installation.</exception>
    public async Task DeleteAsync(Actor actor, PublishedChoice published, Visit visit, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUserInPerson();
        if (userId == LocalAccount.Id || userId == FormerUserId) throw new ArgumentException("The account of the local user belongs to the installation; delete its data folder instead.");

        var now = time.GetUtcNow();
        var deleted = await Races.RetryAsync(() => database.WriteAsync((context, token) => DeleteAsync(context, userId, published, now, token), cancellationToken)).ConfigureAwait(false);
        sessions.Forget();
        tokens.Forget();
        if (deleted == 0) throw AccessException.NotFound("There is no such user.");
        await audit.RecordAsync(actor, "user.delete", userId.ToString(), $"published: {published}", visit.Address, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> DeleteAsync(PlaybookDbContext context, Guid userId, PublishedChoice published, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (published == PublishedChoice.Keep && await context.Set<SavedPlaybookRow>().AnyAsync(row => row.UserId == userId && row.Published != null && row.Deleted == null, cancellationToken).ConfigureAwait(false))
        {
            if (!await context.Set<UserAccountRow>().AnyAsync(user => user.Id == FormerUserId, cancellationToken).ConfigureAwait(false))
            {
                context.Add(new UserAccountRow { Id = FormerUserId, Name = FormerUserName, Affiliation = "", IsAdmin = false, IsDisabled = false, WantsMail = false, Created = now, LastSeen = now });
                await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            }

            await context.Set<SavedPlaybookRow>().Where(row => row.UserId == userId && row.Published != null && row.Deleted == null)
                .ExecuteUpdateAsync(row => row.SetProperty(playbook => playbook.UserId, FormerUserId), cancellationToken).ConfigureAwait(false);
        }

        // All else that is the user's goes with the account.
        var uploads = await context.Set<UploadRow>().Where(row => row.UserId == userId).Select(row => new DeletedUploadRow { Id = row.Id, Sha256 = row.Sha256 }).ToListAsync(cancellationToken).ConfigureAwait(false);
        context.AddRange(uploads);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        var ids = uploads.Select(upload => upload.Id).ToArray();
        await context.Set<UploadRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        // The parts of these are removed by whoever sees that nobody has them.
        await context.Set<ResumableUploadRow>().Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return await context.Set<UserAccountRow>().Where(user => user.Id == userId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
