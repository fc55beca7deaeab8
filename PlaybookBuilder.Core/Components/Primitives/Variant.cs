using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>A genetic variant by its ClinGen allele identifier, an HGVS expression or an rsID.</summary>
public sealed class Variant : IRankable
{
    public static string Name => "Variant";

    public static string Label => "Variant";

    public static string Plural => "Variants";

    public static string Example => "CA13203640";

    public static IReadOnlyList<string> ExampleSet { get; } =
    [
        "CA13203640", "CA659845332", "CA659845333", "CA932539093", "CA2525517560", "CA595730759",
        "CA213257739", "CA213257743", "CA213257744", "CA213257745", "CA213257748", "CA213257754",
    ];

    public static int SetPageRank => 6;
}
