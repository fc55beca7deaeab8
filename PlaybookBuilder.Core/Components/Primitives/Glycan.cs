using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>A glycan by its GlyTouCan accession. Specs write its name in lower case.</summary>
public sealed class Glycan : IRankable
{
    public static string Name => "glycan";

    public static string Label => "Glycan";

    public static string Plural => "Glycans";

    public static string Example => "G17689DH";

    public static IReadOnlyList<string> ExampleSet { get; } = ["G08146BT", "G86750HK", "G93822DY", "G81459MV", "G37626XQ"];

    public static int PageRank => 7;

    public static int SetPageRank => 6;
}
