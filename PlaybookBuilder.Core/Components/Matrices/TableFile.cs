using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>A table that stays in its file: where that is, how large the table is, and its corners to look at.</summary>
public abstract record TableFile : IChecked
{
    [JsonRequired]
    public string Url { get; init; } = "";

    [JsonRequired]
    public string Filename { get; init; } = "";

    public string? Sha256 { get; init; }

    /// <summary>In bytes.</summary>
    public long? Size { get; init; }

    [JsonPropertyName("description")]
    public string? Text { get; init; }

    /// <summary>Rows and columns of the whole table; of matrices, genes and samples.</summary>
    [JsonRequired]
    public ImmutableArray<int> Shape { get; init; }

    /// <summary>The labels of the rows that the preview shows.</summary>
    [JsonRequired]
    public ImmutableArray<string> Index { get; init; }

    /// <summary>The labels of the columns that the preview shows.</summary>
    [JsonRequired]
    public ImmutableArray<string> Columns { get; init; }

    /// <summary>The cells that the preview shows, row by row.</summary>
    [JsonRequired]
    public ImmutableArray<ImmutableArray<Cell>> Values { get; init; }

    /// <summary>For rows and for columns how many stand before the gap in the preview; null where nothing is left out.</summary>
    [JsonRequired]
    public ImmutableArray<int?> Ellipses { get; init; }

    /// <summary>What a reader should know of how the table was made: sentences on genes left out, samples without metadata and the like.</summary>
    public ImmutableArray<string>? Notes { get; init; }

    [JsonIgnore]
    public FileUrl File => new(Url, Filename, Sha256, Size, Text);

    public IEnumerable<(string Path, string Problem)> Check()
    {
        foreach (var problem in File.Check()) yield return problem;
        if (Shape.Length != 2 || Shape.Any(length => length < 0)) yield return ("$.shape", "expected the number of rows and the number of columns");
        if (Ellipses.Length != 2) yield return ("$.ellipses", "expected one entry for the rows and one for the columns");
        if (Values.Length != Index.Length) yield return ("$.values", $"there are {Values.Length} rows for {Index.Length} labels");
        for (var row = 0; row < Values.Length; row++)
        {
            if (Values[row].IsDefault || Values[row].Length != Columns.Length) yield return ($"$.values[{row}]", $"expected {Columns.Length} cells");
        }
    }

    /// <summary>A value of a file with a preview of what is in it.</summary>
    internal static T Of<T>(FileUrl file, TablePreview preview, params IReadOnlyCollection<string> notes) where T : TableFile, new() => new()
    {
        Url = file.Url,
        Filename = file.Filename,
        Sha256 = file.Sha256,
        Size = file.Size,
        Text = string.IsNullOrWhiteSpace(file.Text) ? null : file.Text.Trim(),
        Shape = preview.Shape,
        Index = preview.Index,
        Columns = preview.Columns,
        Values = preview.Values,
        Ellipses = preview.Ellipses,
        Notes = notes.Count == 0 ? null : [.. notes],
    };

    /// <summary>The notes as they follow a sentence; nothing where there are none.</summary>
    internal string NotesInText() => Notes is { } notes ? string.Concat(notes.Select(note => " " + note)) : "";
}
