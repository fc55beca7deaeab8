using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>All that a service tells of a run.</summary>
public sealed record WesRun(string RunId)
{
    /// <summary>In the service's own word.</summary>
    [JsonPropertyName("state")]
    public string? StateText { get; init; }

    [JsonIgnore]
    public WesState State => WesStates.Parse(StateText);

    /// <summary>What was asked for, as the service repeats it.</summary>
    public JsonElement? Request { get; init; }

    public WesLog? RunLog { get; init; }
}
