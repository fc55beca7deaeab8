using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;

namespace PlaybookBuilder.Core.Cavatica.Work;

/// <summary>What a user's sessions kept in the project: it outlives them, and is opened here, or in a later one.</summary>
internal sealed class KeptWork(UserProjects projects, PlaybookDocumentReader reader, PlaybookEngine engine, ILoggerFactory loggers)
{
    private const int MostReadAtOnce = 4;

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

    /// <summary>What files are: all of them are read.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="CavaticaAccountException">There is no project, or it can't be read.</exception>
    public async Task<IReadOnlyList<KeptPlaybook>> DescribeAsync(Actor actor, IReadOnlyList<WorkFile> files, CancellationToken cancellationToken)
    {
        var kept = new KeptPlaybook[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MostReadAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, files.Count, options, async (index, token) => kept[index] = await DescribeAsync(actor, files[index], token).ConfigureAwait(false)).ConfigureAwait(false);
        return kept;
    }

    private async Task<KeptPlaybook> DescribeAsync(Actor actor, WorkFile file, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await AskAsync(actor, AccessScopes.Read, folder => folder.ReadAsync(file.Name, cancellationToken), cancellationToken).ConfigureAwait(false);
            return new KeptPlaybook(file, await reader.ReadAsync(document.RootElement, cancellationToken).ConfigureAwait(false));
        }
        catch (WorkflowException exception)
        {
            return new KeptPlaybook(file, null, exception.Message);
        }
    }

    private async Task<T> AskAsync<T>(Actor actor, AccessScopes scope, Func<WorkFolder, Task<T>> ask, CancellationToken cancellationToken)
    {
        var project = await projects.OpenAsync(actor, scope, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ask(WorkFolder.Of(project.Endpoint, project.Key, project.Id, loggers)).ConfigureAwait(false);
        }
        catch (StorageException exception)
        {
            throw new CavaticaAccountException(exception.Kind == StorageErrorKind.AccessDenied ? CavaticaAccountProblem.KeyRefused : CavaticaAccountProblem.Unreachable, exception.Message, exception);
        }
    }
}
