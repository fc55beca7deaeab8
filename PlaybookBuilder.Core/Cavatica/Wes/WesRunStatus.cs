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
    public IReadOnlyDictionary<string, string?>? Tags { get; init; }
}
