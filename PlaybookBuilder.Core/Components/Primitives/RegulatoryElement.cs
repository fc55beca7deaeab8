using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>A candidate cis-regulatory element by its ENCODE accession.</summary>
public sealed class RegulatoryElement : IRankable
{
    public static string Name => "Regulatory_Element";

    public static string Label => "Regulatory Element";

    public static string Plural => "Regulatory Elements";

    public static string Example => "EH38E2924876";

    public static IReadOnlyList<string> ExampleSet { get; } =
    [
        "EH38E2744005", "EH38E2744007", "EH38E2744008", "EH38E3926310", "EH38E3926311", "EH38E2744014",
        "EH38E3926315", "EH38E3926316",
    ];

    public static int SetPageRank => 6;
}
