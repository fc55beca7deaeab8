using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;

namespace PlaybookBuilder.Core.Cavatica.Work;

/// <summary>What a user's sessions kept in the project: it outlives them, and is opened here, or in a later one.</summary>
/// <param name="own">That of the session in whose worker this is; null outside of sessions, where the user's account says which project it is.</param>
internal sealed class KeptWork(CavaticaAccounts accounts, PlaybookDocumentReader reader, PlaybookEngine engine, ILoggerFactory loggers, WorkFolder? own = null)
{
    /// <summary>The files in which playbooks may be, newest first.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="CavaticaAccountException">There is no project, or it can't be read.</exception>
    public Task<IReadOnlyList<WorkFile>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        AskAsync(actor, AccessScopes.Read, folder => folder.ListAsync(cancellationToken), cancellationToken);

    /// <summary>Keeps the playbook of a file here.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="CavaticaAccountException">There is no project, or it can't be read.</exception>
    /// <exception cref="WorkflowException">There is no such file, or it holds no playbook that can be kept here.</exception>
    public async Task<Guid> OpenAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        using var document = await AskAsync(actor, AccessScopes.Run, folder => folder.ReadAsync(name, cancellationToken), cancellationToken).ConfigureAwait(false);
        var playbook = await reader.ReadAsync(document.RootElement, cancellationToken).ConfigureAwait(false);
        if (playbook.IsEmpty) throw WorkflowException.Invalid("There are no steps in it.");

        await engine.ImportAsync(playbook, actor, cancellationToken).ConfigureAwait(false);
        return playbook.Id;
    }

    private async Task<T> AskAsync<T>(Actor actor, AccessScopes scope, Func<WorkFolder, Task<T>> ask, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(scope);
        var folder = own ?? await FindAsync(userId, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ask(folder).ConfigureAwait(false);
        }
        catch (StorageException exception)
        {
            throw new CavaticaAccountException(exception.Kind == StorageErrorKind.AccessDenied ? CavaticaAccountProblem.KeyRefused : CavaticaAccountProblem.Unreachable, exception.Message, exception);
        }
    }

    private async Task<WorkFolder> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        var access = await accounts.OpenAsync(userId, cancellationToken).ConfigureAwait(false) ?? throw new CavaticaAccountException(CavaticaAccountProblem.NoKey, "You have no CAVATICA key here. Enter one first.");
        if (access.Project == "") throw new CavaticaAccountException(CavaticaAccountProblem.NoProject, "Choose a project of yours on CAVATICA first, on the page Integrations of your account.");

        return WorkFolder.Of(access.Endpoint, access.Key, access.Project, loggers);
    }
}
