namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>Where files are: at the top of a project, or in a folder. The platform takes exactly one of the two.</summary>
public sealed record SevenBridgesPlace
{
    private SevenBridgesPlace(string? project, string? folder) => (Project, Folder) = (project, folder);

    public string? Project { get; }

    public string? Folder { get; }

    internal string Query => Project is null ? $"parent={SevenBridgesApi.Escape(Folder!)}" : $"project={SevenBridgesApi.Escape(Project)}";

    /// <param name="project">Such as <c>user/project</c>.</param>
    public static SevenBridgesPlace TopOf(string project) => new(project, null);

    /// <param name="id">The id of a folder.</param>
    public static SevenBridgesPlace In(string id) => new(null, id);

    /// <summary>As the body of a request has it.</summary>
    internal Dictionary<string, object> ToBody() => Project is null ? new() { ["parent"] = Folder! } : new() { ["project"] = Project };
}
