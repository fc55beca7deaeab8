using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>Where playbooks, processes and values are kept. All of them are immutable and found by their content ids.</summary>
public interface IPlaybookStore
{
    /// <summary>Keeps a playbook with all its processes and values, in one transaction: all of it or nothing. What is there already stays.</summary>
    /// <param name="grants">Kept with the values that they are given to, which are those of this playbook.</param>
    Task SaveAsync(Playbook playbook, IReadOnlyList<UploadGrant> grants, CancellationToken cancellationToken);

    /// <summary>Keeps a playbook whose values name no uploads, or were granted them before.</summary>
    Task SaveAsync(Playbook playbook, CancellationToken cancellationToken) => SaveAsync(playbook, [], cancellationToken);

    /// <summary>Reads a playbook in a number of queries that does not depend on its length; null when there is none.</summary>
    Task<Playbook?> FindAsync(Guid playbookId, CancellationToken cancellationToken);

    /// <summary>Reads one process; null when there is none.</summary>
    Task<Process?> FindProcessAsync(Guid processId, CancellationToken cancellationToken);

    /// <summary>Reads a process with all that it stands on, as a playbook that ends with it; null when there is none.</summary>
    Task<Playbook?> FindLineageAsync(Guid processId, CancellationToken cancellationToken);

    /// <summary>Reads values by their ids; those that do not exist are left out.</summary>
    Task<IReadOnlyDictionary<Guid, Datum>> FindDataAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Reads the title and description of a playbook by their own id; null when there is none.</summary>
    Task<PlaybookMetadata?> FindPlaybookMetadataAsync(Guid id, CancellationToken cancellationToken);
}
