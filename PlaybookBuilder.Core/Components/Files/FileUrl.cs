using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Files;

/// <summary>A file by its address, as a rule a <c>drs://</c> link to an upload here.</summary>
/// <param name="Size">In bytes.</param>
public sealed record FileUrl(string Url, string Filename, string? Sha256 = null, long? Size = null, [property: JsonPropertyName("description")] string? Text = null) : IData, IChecked
{
    public static DataDescription Description { get; } = new("FileURL", "File URL", "A file by its address") { Type = "File", Cardinality = "File" };

    public IEnumerable<(string Path, string Problem)> Check()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out _)) yield return ("$.url", $"'{Url}' is not an address");
        if (string.IsNullOrWhiteSpace(Filename)) yield return ("$.filename", "the name is empty");
        if (Size < 0) yield return ("$.size", "a size can't be negative");
    }
}
