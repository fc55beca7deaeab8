namespace PlaybookBuilder.Core.Workflows;

/// <summary>A place in a playbook: a process, its parent step and how it is shown.</summary>
public sealed class Step
{
    public Step(Process process, Guid? parentId, CellMetadata? cell = null, PlaybookMetadata? playbook = null)
    {
        Process = process;
        ParentId = parentId;
        Cell = cell;
        Playbook = playbook;
        Id = new CanonicalArray().Add(process.Id).Add(cell?.ToId()).Add(playbook?.ToId()).Add(parentId).ToId();
    }

    public Guid Id { get; }

    public Process Process { get; }

    /// <summary>The step before this one; null for the first.</summary>
    public Guid? ParentId { get; }

    public CellMetadata? Cell { get; }

    /// <summary>The playbook's title and description as of this step; see <see cref="Workflows.Playbook.Metadata"/>.</summary>
    public PlaybookMetadata? Playbook { get; }
}
