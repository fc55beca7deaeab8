using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>One score a term, where a term has several.</summary>
internal static class BestScores
{
    /// <summary>
    /// For each term, in the order of first appearance, its score of the greatest weight; of two equally weighty ones the higher. The scores must not be NaN.
    /// </summary>
    public static OrderedDictionary<string, double> PerTerm(IEnumerable<ScoredTerm> terms, Func<double, double> weight)
    {
        var best = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (term, score) in terms)
        {
            if (!best.TryGetValue(term, out var held) || (weight(score.Value), score.Value).CompareTo((weight(held), held)) > 0) best[term] = score.Value;
        }

        return best;
    }
}
