using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>A workflow and what it is run with.</summary>
public sealed record WesRunRequest
{
    /// <summary>The tag that holds <see cref="Mark"/>.</summary>
    public const string MarkTag = "playbook_builder_mark";

    /// <summary>A text that no other run has, such as the id of a session, by which the run is found again when the answer to its submission was lost.</summary>
    public required string Mark { get; init; }

    /// <summary><c>workflow_params</c>, a JSON object.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>The workflow itself, attached.</summary>
    public required ReadOnlyMemory<byte> Workflow { get; init; }

    public string FileName { get; init; } = "worker.cwl";

    public string WorkflowType { get; init; } = "CWL";

    public string WorkflowTypeVersion { get; init; } = "v1.2";

    /// <summary>Beside the one of the mark.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
