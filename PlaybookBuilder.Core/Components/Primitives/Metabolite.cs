using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

public sealed class Metabolite : IRankable
{
    public static string Name => "Metabolite";

    public static string Label => "Metabolite";

    public static string Plural => "Metabolites";

    public static string Example => "Glucose";

    public static IReadOnlyList<string> ExampleSet { get; } = ["Glucose"];
}
