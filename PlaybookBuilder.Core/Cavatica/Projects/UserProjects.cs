using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;

namespace PlaybookBuilder.Core.Cavatica.Projects;

/// <summary>Which project a user works with: in a session's worker that of the session, elsewhere the one that is chosen in the user's account.</summary>
/// <param name="own">That of the session in whose worker this is; null outside of sessions.</param>
internal sealed class UserProjects(CavaticaAccounts accounts, UserProject? own = null)
{
    /// <summary>Whether there is one to be opened, which it may refuse all the same.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public async Task<bool> AnyAsync(Actor actor, CancellationToken cancellationToken) =>
        own is not null || await accounts.FindAsync(actor, cancellationToken).ConfigureAwait(false) is { Project: not null };

    /// <param name="scope">What it is opened for.</param>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="CavaticaAccountException">The user has no key here that can be used, or has chosen no project.</exception>
    public async Task<UserProject> OpenAsync(Actor actor, AccessScopes scope, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(scope);
        if (own is not null) return own;

        var access = await accounts.OpenAsync(userId, cancellationToken).ConfigureAwait(false) ?? throw CavaticaAccounts.NoKey();
        return access.Project == ""
            ? throw new CavaticaAccountException(CavaticaAccountProblem.NoProject, "Choose a project of yours on CAVATICA first, on the page Integrations of your account.")
            : new UserProject(access.Endpoint, access.Key, access.Project);
    }
}
