using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Administration.Users;

/// <summary>
/// Makes users administrators, and shuts them out. Nobody can do either to himself or herself, and who does it must still be an
/// administrator while it is written: so there is always one left, also when two of them act on each other at once.
/// </summary>
internal sealed class UserRights(IModelDatabase database, AdminRule admins, UserSessions sessions, ApiTokens tokens, AuditLog audit)
{
    /// <summary>Makes a user an administrator.</summary>
    /// <exception cref="AccessException">The actor is no administrator, or there is no such user.</exception>
    /// <exception cref="WorkflowException">It may not be done.</exception>
    public Task GrantAdminAsync(Actor actor, Guid id, string address, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, "user.grant-admin", address, (_, user, _) =>
        {
            if (user.IsDisabled) throw WorkflowException.Invalid("A disabled user can't be an administrator; enable the account first.");
            user.IsAdmin = true;
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>Takes that back.</summary>
    /// <exception cref="AccessException">The actor is no administrator, or there is no such user.</exception>
    /// <exception cref="WorkflowException">It may not be done.</exception>
    public Task RevokeAdminAsync(Actor actor, Guid id, string address, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, "user.revoke-admin", address, async (context, user, token) =>
        {
            if (await admins.SignIns(context).AnyAsync(signIn => signIn.UserId == id, token).ConfigureAwait(false)) throw WorkflowException.Invalid($"The setting {AccountOptions.Variable} makes this user an administrator; take the address out of it.");
            user.IsAdmin = false;
        }, cancellationToken);

    /// <summary>Shuts a user out: nothing signs him or her in any more, and every browser is signed out.</summary>
    /// <exception cref="AccessException">The actor is no administrator, or there is no such user.</exception>
    /// <exception cref="WorkflowException">It may not be done.</exception>
    public Task DisableAsync(Actor actor, Guid id, string address, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, "user.disable", address, (context, user, token) =>
        {
            user.IsDisabled = true;
            return context.Set<UserSessionRow>().Where(session => session.UserId == id).ExecuteDeleteAsync(token);
        }, cancellationToken);

    /// <summary>Lets a user in again.</summary>
    /// <exception cref="AccessException">The actor is no administrator, or there is no such user.</exception>
    public Task EnableAsync(Actor actor, Guid id, string address, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, "user.enable", address, (_, user, _) =>
        {
            user.IsDisabled = false;
            return Task.CompletedTask;
        }, cancellationToken);

    private async Task ChangeAsync(Actor actor, Guid id, string action, string address, Func<PlaybookDbContext, UserAccountRow, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        if (actor.UserId == id) throw WorkflowException.Invalid("Nobody can change his or her own rights: ask another administrator.");
        if (id == LocalAccount.Id) throw WorkflowException.Invalid("The local user is there by the setting AUTH_LOCAL_USER, and administrates as long as that is on.");

        await database.WriteAsync(
            async (context, token) =>
            {
                await LockAsync(context, actor.UserId, id, token).ConfigureAwait(false);
                await CheckAsync(context, actor, token).ConfigureAwait(false);
                var user = await context.Set<UserAccountRow>().SingleOrDefaultAsync(row => row.Id == id, token).ConfigureAwait(false) ?? throw AccessException.NotFound("There is no such user.");
                await change(context, user, token).ConfigureAwait(false);
                context.Add(audit.NewEntry(actor, action, id.ToString(), user.Name, address));
                return await context.SaveChangesAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        sessions.Forget();
        tokens.Forget();
    }

    // One after the other, in the same order for everybody.
    private static async Task LockAsync(PlaybookDbContext context, Guid? actorId, Guid id, CancellationToken cancellationToken)
    {
        Guid[] ids = actorId is { } other ? [other, id] : [id];
        foreach (var one in ids.Order()) await context.Set<UserAccountRow>().Where(row => row.Id == one).ExecuteUpdateAsync(row => row.SetProperty(user => user.LastSeen, user => user.LastSeen), cancellationToken).ConfigureAwait(false);
    }

    private async Task CheckAsync(PlaybookDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is not { } actorId || actorId == LocalAccount.Id) return;

        var ofAdmins = admins.SignIns(context);
        var isAdmin = await context.Set<UserAccountRow>().AnyAsync(row => row.Id == actorId && !row.IsDisabled && (row.IsAdmin || ofAdmins.Any(signIn => signIn.UserId == actorId)), cancellationToken).ConfigureAwait(false);
        if (!isAdmin) throw AccessException.NotFound("There is nothing here.");
    }
}
