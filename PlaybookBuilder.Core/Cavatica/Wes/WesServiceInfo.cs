namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>What a service says of itself; of the specification's many fields those that decide whether it can run a worker.</summary>
public sealed record WesServiceInfo
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> SupportedWesVersions { get; init; } = [];

    /// <summary>The versions of each type of workflow.</summary>
    public IReadOnlyDictionary<string, WesTypeVersions> WorkflowTypeVersions { get; init; } = new Dictionary<string, WesTypeVersions>();

    public bool Takes(string type, string version) => WorkflowTypeVersions.TryGetValue(type, out var versions) && versions.WorkflowTypeVersion.Contains(version);
}
