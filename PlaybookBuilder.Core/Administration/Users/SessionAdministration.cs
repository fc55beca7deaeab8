using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Users;

/// <summary>All browsers that are signed in, for administrators.</summary>
internal sealed class SessionAdministration(IModelDatabase database, UserSessions sessions, AuditLog audit, TimeProvider time)
{
    /// <summary>Everybody's, or one user's, those that signed in last first.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<SessionSummary>> ListAsync(Actor actor, Guid? userId, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var (before, now, size) = (PageKey.ReadLatest(page.After), time.GetUtcNow(), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = context.Set<UserSessionRow>().Where(row => row.Id < before && row.Expires > now);
                if (userId is not null) rows = rows.Where(row => row.UserId == userId);
                var ordered = rows.OrderByDescending(row => row.Id).Take(size + 1);
                var found = await ordered
                    .Select(row => new SessionSummary(row.Id, row.UserId, context.Set<UserAccountRow>().Where(user => user.Id == row.UserId).Select(user => user.Name).First(), row.Provider, row.Address, row.Browser, row.Created, row.LastSeen, row.Expires))
                    .ToListAsync(token).ConfigureAwait(false);
                return Paged<SessionSummary>.Of(found, size, static session => PageKey.Of(session.Id));
            },
            cancellationToken);
    }

    /// <summary>Signs a browser out.</summary>
    /// <exception cref="AccessException">The actor is no administrator, or it is signed out already.</exception>
    public async Task EndAsync(Actor actor, Guid id, string address, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        await database.WriteAsync(
            async (context, token) =>
            {
                var owner = await context.Set<UserSessionRow>().Where(row => row.Id == id).Select(row => (Guid?)row.UserId).SingleOrDefaultAsync(token).ConfigureAwait(false) ?? throw AccessException.NotFound("That browser is signed out already.");
                await context.Set<UserSessionRow>().Where(row => row.Id == id).ExecuteDeleteAsync(token).ConfigureAwait(false);
                context.Add(audit.NewEntry(actor, "session.revoke", id.ToString(), $"of user {owner}", address));
                return await context.SaveChangesAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        sessions.Forget();
    }
}
