using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

public sealed class Tissue : IRankable
{
    public static string Name => "Tissue";

    public static string Label => "Tissue";

    public static string Plural => "Tissues";

    public static string Example => "Brain";

    public static IReadOnlyList<string> ExampleSet { get; } = ["Brain"];
}
