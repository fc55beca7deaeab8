using System.Text.Json;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Workflows.Documents;

/// <summary>
/// Reads playbooks from documents <c>{data, workflow, metadata}</c>, and the parts of them that clients send one at a time.
/// </summary>
/// <remarks>
/// Ids in a document are labels that hold within it, and may be any text. Steps of unknown types are kept. Outputs are dropped:
/// a result is only ever what this system computed, so that nobody can pass a forged one on as that of a shared process.
/// </remarks>
public sealed class PlaybookDocumentReader(ComponentCatalog catalog, IPlaybookStore store)
{
    /// <summary>The longest playbook that is accepted.</summary>
    public const int MostSteps = 10_000;

    /// <exception cref="WorkflowException">The document is not one; the path says where.</exception>
    public async Task<Playbook> ReadAsync(JsonElement document, CancellationToken cancellationToken)
    {
        var entries = ReadEntries(document);
        var metadata = JsonMembers.Find(document, "metadata", null) is { } given
            ? await ReadMetadataAsync(given, "metadata", cancellationToken).ConfigureAwait(false)
            : null;
        var workflow = new DocumentWorkflow(new ProcessReader(store, ReadData(document)));
        var last = entries.GetArrayLength() - 1;
        foreach (var (i, entry) in entries.EnumerateArray().Index())
        {
            await workflow.AddAsync(entry, $"workflow[{i}]", i == last ? metadata : null, cancellationToken).ConfigureAwait(false);
        }

        var playbook = Playbook.Of(workflow.Steps);
        catalog.CheckKnownSteps(playbook, 0);
        return playbook;
    }

    /// <summary>Reads <c>{type, data, inputs}</c>, whose inputs name processes by their ids, or <c>{id}</c> of an existing process.</summary>
    /// <exception cref="WorkflowException">It is not a process; the path says where.</exception>
    public async Task<Process> ReadProcessAsync(JsonElement process, CancellationToken cancellationToken)
    {
        var reader = new ProcessReader(store, []);
        return JsonMembers.FindText(process, "type", null) is { } type
            ? await reader.ReadAsync(type, process, null, ProcessId, cancellationToken).ConfigureAwait(false)
            : await reader.FindAsync(process, null, cancellationToken).ConfigureAwait(false);

        static Guid ProcessId(string id, string path) =>
            Guid.TryParseExact(id, "D", out var processId) ? processId : throw WorkflowException.Invalid($"'{id}' is not the id of a process.", path);
    }

    /// <summary>Reads a title and description, or <c>{id}</c> of some that are kept.</summary>
    /// <exception cref="WorkflowException">It is not metadata; the path says where.</exception>
    public Task<PlaybookMetadata> ReadMetadataAsync(JsonElement metadata, CancellationToken cancellationToken) =>
        ReadMetadataAsync(metadata, null, cancellationToken);

    private async Task<PlaybookMetadata> ReadMetadataAsync(JsonElement metadata, string? path, CancellationToken cancellationToken)
    {
        if (MetadataJson.TryReadPlaybook(metadata, path) is { } values) return values;
        if (JsonMembers.FindText(metadata, "id", path) is not { } id) return new PlaybookMetadata();

        var kept = Guid.TryParseExact(id, "D", out var metadataId)
            ? await store.FindPlaybookMetadataAsync(metadataId, cancellationToken).ConfigureAwait(false)
            : null;
        return kept ?? throw WorkflowException.Invalid($"there is no metadata '{id}'.", JsonMembers.Under(path, "id"));
    }

    private static JsonElement ReadEntries(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object) throw JsonMembers.Misfit("a playbook document, an object with a list 'workflow'", document, null);
        if (JsonMembers.Find(document, "workflow", null) is not { } entries) throw WorkflowException.Invalid("a playbook document has a list of steps here.", "workflow");
        if (entries.ValueKind != JsonValueKind.Array) throw JsonMembers.Misfit("a list of steps", entries, "workflow");

        return entries.GetArrayLength() switch
        {
            0 => throw WorkflowException.Invalid("a playbook has at least one step.", "workflow"),
            > MostSteps => throw WorkflowException.Invalid($"a playbook has at most {MostSteps} steps.", "workflow"),
            _ => entries,
        };
    }

    private static Dictionary<string, JsonElement> ReadData(JsonElement document)
    {
        var data = new Dictionary<string, JsonElement>();
        if (JsonMembers.Find(document, "data", null) is not { } given) return data;

        foreach (var (id, value) in JsonMembers.Each(given, "data"))
        {
            if (!data.TryAdd(id, value)) throw WorkflowException.Invalid("this id stands twice.", $"data.{id}");
        }

        return data;
    }
}
