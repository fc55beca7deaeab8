using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>The labels of a primitive as they stand within a sentence.</summary>
internal static class Noun
{
    public static string Of<T>() where T : IPrimitive => InText(T.Label);

    public static string Plural<T>() where T : IPrimitive => InText(T.Plural);

    /// <summary>"1 gene", "1,200 genes".</summary>
    public static string Count<T>(int count) where T : IPrimitive => FormattableString.Invariant($"{count:N0} {(count == 1 ? Of<T>() : Plural<T>())}");

    // Acronyms (GEO, PMC) keep their capitals.
    private static string InText(string label) => string.Join(' ', label.Split(' ').Select(word => word.Any(char.IsLower) ? word.ToLowerInvariant() : word));
}
