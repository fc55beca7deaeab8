using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows.Documents;

/// <summary>The steps of a document while it is read: each may take the outputs of those before it.</summary>
internal sealed class DocumentWorkflow(ProcessReader reader)
{
    private readonly Dictionary<string, Process> _labelled = [];
    private readonly HashSet<Guid> _present = [];

    public List<Step> Steps { get; } = [];

    public async ValueTask AddAsync(JsonElement entry, string path, PlaybookMetadata? metadata, CancellationToken cancellationToken)
    {
        var process = await ReadAsync(entry, path, cancellationToken).ConfigureAwait(false);
        if (JsonMembers.FindText(entry, "id", path) is { } label) Label(label, process, $"{path}.id");
        _present.Add(process.Id);

        var cell = JsonMembers.Find(entry, "cell_metadata", path) is { } given ? MetadataJson.ReadCell(given, $"{path}.cell_metadata") : null;
        Steps.Add(ToStep(process, cell, metadata, path));
    }

    private async ValueTask<Process> ReadAsync(JsonElement entry, string path, CancellationToken cancellationToken)
    {
        if (JsonMembers.FindText(entry, "type", path) is { } type) return await reader.ReadAsync(type, entry, path, ProcessOf, cancellationToken).ConfigureAwait(false);

        if (JsonMembers.FindText(entry, "id", path) is { } label && _labelled.TryGetValue(label, out var earlier)) return earlier;

        var existing = await reader.FindAsync(entry, path, cancellationToken).ConfigureAwait(false);
        foreach (var input in existing.Inputs)
        {
            if (!_present.Contains(input.ProcessId)) throw WorkflowException.Invalid($"this process takes the output of the process {input.ProcessId}, which does not stand before it.", path);
        }

        return existing;
    }

    private Guid ProcessOf(string label, string path) =>
        _labelled.TryGetValue(label, out var process) ? process.Id : throw WorkflowException.Invalid($"there is no step '{label}' before this one.", path);

    private void Label(string label, Process process, string path)
    {
        // Exports label steps by their processes, so that equal steps share a label.
        if (!_labelled.TryAdd(label, process) && _labelled[label].Id != process.Id) throw WorkflowException.Invalid($"'{label}' is the id of another step already.", path);
    }

    private Step ToStep(Process process, CellMetadata? cell, PlaybookMetadata? metadata, string path)
    {
        try
        {
            return new Step(process, Steps.Count == 0 ? null : Steps[^1].Id, cell, metadata);
        }
        catch (WorkflowException exception)
        {
            throw exception.Within(path);
        }
    }
}
