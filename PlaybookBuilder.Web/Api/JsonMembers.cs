using System.Text.Json;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>The members of a small JSON object; those of the wrong kind are refused by name.</summary>
internal readonly struct JsonMembers
{
    private readonly JsonElement _json;

    private JsonMembers(JsonElement json) => _json = json;

    public static JsonMembers Of(JsonElement json) => json.ValueKind == JsonValueKind.Object ? new(json) : throw WorkflowException.Invalid("The body is to be a JSON object.");

    /// <summary>A text; null when it is left out.</summary>
    public string? Text(string name) => Find(name, "a text", JsonValueKind.String)?.GetString();

    public bool? Flag(string name) => Find(name, "true or false", JsonValueKind.True, JsonValueKind.False)?.GetBoolean();

    public double? Number(string name) => Find(name, "a number", JsonValueKind.Number)?.GetDouble();

    /// <summary>A list of texts; null when it is left out.</summary>
    public string[]? Texts(string name)
    {
        if (Find(name, "a list of texts", JsonValueKind.Array) is not { } list) return null;

        return list.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String) ? [.. list.EnumerateArray().Select(static item => item.GetString()!)] : throw Wrong(name, "a list of texts");
    }

    private static WorkflowException Wrong(string name, string kind) => WorkflowException.Invalid($"'{name}' is to be {kind}.");

    private JsonElement? Find(string name, string kind, params JsonValueKind[] kinds)
    {
        if (!_json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;

        return kinds.Contains(value.ValueKind) ? value : throw Wrong(name, kind);
    }
}
