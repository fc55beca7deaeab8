namespace PlaybookBuilder.Core.Cavatica.Wes;

public sealed record WesTypeVersions
{
    public IReadOnlyList<string> WorkflowTypeVersion { get; init; } = [];
}
