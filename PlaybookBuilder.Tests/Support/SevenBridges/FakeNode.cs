namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>A file or folder of the fake platform.</summary>
internal sealed class FakeNode
{
    public required string Id { get; init; }

    public required string Project { get; init; }

    /// <summary>The id of the folder; null at the top of the project.</summary>
    public string? Folder { get; set; }

    public required string Name { get; set; }

    /// <summary>Null of a folder.</summary>
    public byte[]? Bytes { get; init; }

    public required DateTimeOffset CreatedOn { get; init; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public List<string> Tags { get; set; } = [];

    public object ToJson() => new
    {
        href = $"/v2/files/{Id}",
        id = Id,
        name = Name,
        project = Project,
        parent = Folder ?? $"top-of-{Project}",
        type = Bytes is null ? "folder" : "file",
        size = Bytes?.Length,
        created_on = CreatedOn.ToString("yyyy-MM-ddTHH:mm:ssZ"),
        modified_on = CreatedOn.ToString("yyyy-MM-ddTHH:mm:ssZ"),
        metadata = Metadata,
        tags = Tags,
    };
}
