using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>A file or a folder of a project.</summary>
/// <param name="Parent">The id of its folder; the platform's own top folder of the project where it lies in none.</param>
/// <param name="Type"><c>file</c> or <c>folder</c>, in either case.</param>
public sealed record SevenBridgesFile(string Id, string Name, string? Project = null, string? Parent = null, string? Type = null, long? Size = null, DateTimeOffset? CreatedOn = null, DateTimeOffset? ModifiedOn = null)
{
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public bool IsFolder => string.Equals(Type, "folder", StringComparison.OrdinalIgnoreCase);
}
