using System.Collections.Immutable;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>What sets and rankings share: a list of names.</summary>
internal static class TermList
{
    private const int Listed = 5;

    /// <summary>Each name once, where it first stands; case counts.</summary>
    public static ImmutableArray<string> Once(IEnumerable<string> terms) => [.. terms.Distinct(StringComparer.Ordinal)];

    /// <summary>The serializer lets null stand in a list of texts.</summary>
    public static IEnumerable<(string Path, string Problem)> Check(ImmutableArray<string> terms, string path)
    {
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i] is null) yield return ($"{path}[{i}]", "expected text, found null");
        }
    }

    /// <summary>"A", "A and B", "A, B, C, D, E and 12 more".</summary>
    public static string Enumerate(IReadOnlyList<string> terms)
    {
        if (terms.Count <= 1) return terms.Count == 0 ? "" : terms[0];

        var shown = terms.Count <= Listed ? terms.Count - 1 : Listed;
        var last = terms.Count <= Listed ? terms[^1] : FormattableString.Invariant($"{terms.Count - shown:N0} more");
        return $"{string.Join(", ", terms.Take(shown))} and {last}";
    }
}
