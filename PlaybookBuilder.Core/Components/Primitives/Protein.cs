using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>A protein by its UniProtKB accession.</summary>
public sealed class Protein : IRankable
{
    public static string Name => "Protein";

    public static string Label => "Protein";

    public static string Plural => "Proteins";

    public static string Example => "P14210";

    public static IReadOnlyList<string> ExampleSet { get; } = ["P14210", "P29274"];

    public static int PageRank => 7;

    public static int SetPageRank => 6;
}
