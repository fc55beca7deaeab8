using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Sets;

namespace PlaybookBuilder.Core.Components.Primitives;

public sealed class Gene : IRankable, ILibraryMember
{
    public static string Name => "Gene";

    public static string Label => "Gene";

    public static string Plural => "Genes";

    public static string Example => "ACE2";

    public static IReadOnlyList<string> ExampleSet { get; } = ["ACE2", "TP53", "STAT3", "MTOR", "ATG5", "ATG7", "BECN1"];

    public static int PageRank => 7;

    public static int SetPageRank => 6;

    public static LibraryNames Library { get; } = new("GMT", "Gene Matrix Transpose", "genesets", "GenesetsToGMT");
}
