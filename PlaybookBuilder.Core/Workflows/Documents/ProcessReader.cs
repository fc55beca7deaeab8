using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows.Documents;

/// <summary>Reads processes and the values that they were answered with.</summary>
/// <param name="data">The values of the document, by their labels.</param>
internal sealed class ProcessReader(IPlaybookStore store, Dictionary<string, JsonElement> data)
{
    private readonly Dictionary<string, Datum> _read = [];

    /// <param name="processOf">Tells which process an id names; given the path to refuse an unknown one with.</param>
    public async ValueTask<Process> ReadAsync(string type, JsonElement process, string? path, Func<string, string, Guid> processOf, CancellationToken cancellationToken)
    {
        var answer = JsonMembers.Find(process, "data", path) is { } given
            ? await ReadDataAsync(given, JsonMembers.Under(path, "data"), cancellationToken).ConfigureAwait(false)
            : null;
        var inputs = JsonMembers.Find(process, "inputs", path) is { } named ? ReadInputs(named, JsonMembers.Under(path, "inputs"), processOf) : [];
        try
        {
            return new Process(type, answer, inputs);
        }
        catch (WorkflowException exception) when (path is not null)
        {
            throw exception.Within(path);
        }
    }

    /// <summary>Finds the existing process that <c>{id}</c> names.</summary>
    public async ValueTask<Process> FindAsync(JsonElement process, string? path, CancellationToken cancellationToken)
    {
        var id = JsonMembers.FindText(process, "id", path) ?? throw WorkflowException.Invalid("a step has a type, or the id of an existing process.", path);
        var existing = Guid.TryParseExact(id, "D", out var processId) ? await store.FindProcessAsync(processId, cancellationToken).ConfigureAwait(false) : null;
        return existing ?? throw WorkflowException.Invalid($"there is no process '{id}'.", JsonMembers.Under(path, "id"));
    }

    private async ValueTask<Datum> ReadDataAsync(JsonElement given, string path, CancellationToken cancellationToken)
    {
        if (JsonMembers.FindText(given, "type", path) is { } type) return ToDatum(type, given, path);

        var id = JsonMembers.FindText(given, "id", path) ?? throw WorkflowException.Invalid("a value has a type and a value, or an id.", path);
        if (_read.TryGetValue(id, out var known)) return known;
        if (data.TryGetValue(id, out var entry)) return _read[id] = ReadEntry(entry, $"data.{id}");

        var kept = Guid.TryParseExact(id, "D", out var dataId)
            ? (await store.FindDataAsync([dataId], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(dataId)
            : null;
        return _read[id] = kept ?? throw WorkflowException.Invalid($"there is no value '{id}'.", $"{path}.id");
    }

    private static Datum ReadEntry(JsonElement entry, string path) =>
        ToDatum(JsonMembers.FindText(entry, "type", path) ?? throw WorkflowException.Invalid("a value has a type.", $"{path}.type"), entry, path);

    private static Datum ToDatum(string type, JsonElement entry, string path)
    {
        var value = JsonMembers.FindAny(entry, "value", path) ?? throw WorkflowException.Invalid("a value is missing.", $"{path}.value");

        try
        {
            return Datum.Of(type, value);
        }
        catch (WorkflowException exception)
        {
            throw exception.Within($"{path}.value");
        }
    }

    private static List<ProcessInput> ReadInputs(JsonElement inputs, string path, Func<string, string, Guid> processOf)
    {
        var read = new List<ProcessInput>();
        foreach (var (key, source) in JsonMembers.Each(inputs, path))
        {
            var inputPath = $"{path}.{key}";
            var id = JsonMembers.FindText(source, "id", inputPath) ?? throw WorkflowException.Invalid("""an input names a step as {"id": ...}.""", inputPath);
            var input = ProcessInput.Parse(key, processOf(id, inputPath));
            if (read.Exists(other => ProcessInput.Compare(other, input) == 0)) throw WorkflowException.Invalid("this input is given twice.", inputPath);
            read.Add(input);
        }

        return read;
    }
}
