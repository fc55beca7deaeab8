using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>How far a run is.</summary>
public sealed record WesRunStatus(string RunId)
{
    /// <summary>In the service's own word.</summary>
    [JsonPropertyName("state")]
    public string? StateText { get; init; }

    [JsonIgnore]
    public WesState State => WesStates.Parse(StateText);

    /// <summary>In a listing; null where the service does not tell them there.</summary>
    public JsonElement? Tags { get; init; }

    /// <summary>Null where the service does not tell it.</summary>
    public string? Tag(string name) =>
        Tags is { ValueKind: JsonValueKind.Object } tags && tags.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
