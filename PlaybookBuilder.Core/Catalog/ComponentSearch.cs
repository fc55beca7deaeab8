namespace PlaybookBuilder.Core.Catalog;

/// <summary>Finds components by a few words: the share of the query's trigrams that stand in a component's text.</summary>
public static class ComponentSearch
{
    private const int TrigramLength = 3;

    /// <summary>Orders next steps as they are offered, and leaves out those that a query does not match.</summary>
    /// <remarks>The order is that of the rank of the component and, weighing twice as much, of the match, each relative to the best.</remarks>
    public static IReadOnlyList<NextStep> Order(IReadOnlyList<NextStep> steps, string? query)
    {
        var scores = steps.Select(step => Score(query, step.Type)).ToArray();
        var bestScore = Math.Max(scores.DefaultIfEmpty(0).Max(), double.Epsilon);
        var bestRank = Math.Max(steps.Select(step => Math.Abs(step.Type.Description.PageRank)).DefaultIfEmpty(0).Max(), 1);
        return [.. steps.Zip(scores)
            .Where(pair => pair.Second > 0)
            .OrderByDescending(pair => ((double)pair.First.Type.Description.PageRank / bestRank) + (2 * pair.Second / bestScore))
            .ThenByDescending(pair => pair.First.IsSatisfiable)
            .ThenBy(pair => pair.First.Type.Description.Label, StringComparer.OrdinalIgnoreCase)
            .Select(pair => pair.First)];
    }

    /// <summary>0 when nothing matches, 1 when everything does or nothing is asked.</summary>
    public static double Score(string? query, ProcessType type) => Score(query, SearchText(type.Spec, type.Description.Label, type.Description.Text, type.Tags));

    /// <summary>0 when nothing matches, 1 when everything does or nothing is asked.</summary>
    public static double Score(string? query, string text)
    {
        if (string.IsNullOrWhiteSpace(query)) return 1;

        var wanted = Trigrams(query.Trim());
        var present = Trigrams(text);
        return (double)wanted.Count(present.Contains) / wanted.Count;
    }

    private static string SearchText(string spec, string label, string text, IEnumerable<Tag> tags) =>
        $"{label} {text} {spec} {string.Join(' ', tags.Select(tag => tag.Value))}";

    // Words are padded, so that a word of one or two letters has trigrams too and beginnings weigh more.
    private static HashSet<string> Trigrams(string text)
    {
        var trigrams = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var padded = $"  {word} ";
            for (var i = 0; i + TrigramLength <= padded.Length; i++) trigrams.Add(padded.Substring(i, TrigramLength));
        }

        return trigrams;
    }
}
