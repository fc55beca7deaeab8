using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>The mean score of each term over the scores that it has.</summary>
/// <remarks>
/// Divided by the number of scores found, not of inputs: a term that one input lacks is not pulled to zero. A list that scores a term twice gives two of them.
/// NaN and infinite scores are not counted; a term that has no other is left out.
/// </remarks>
internal sealed class MeanScored<T> : ScoreCombination<T>
    where T : IRankable
{
    // The reference puts the label, not the name, into this spec.
    public override Description Description { get; } = new($"MeanScoredT[{T.Label}]", "Mean Scored Values", $"Take the mean of each {Noun.Of<T>()}'s scores over several lists");

    protected override bool IsUsable(double score) => double.IsFinite(score);

    protected override IEnumerable<KeyValuePair<string, double>> Combine(IEnumerable<ScoredTerm> terms)
    {
        var sums = new OrderedDictionary<string, (double Sum, int Count)>(StringComparer.Ordinal);
        foreach (var (term, score) in terms)
        {
            var (sum, count) = sums.GetValueOrDefault(term);
            sums[term] = (sum + score.Value, count + 1);
        }

        return sums.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.Sum / pair.Value.Count));
    }

    protected override Story Tell(Inputs? inputs, Scored<T>? output) => new()
    {
        Abstract = $"The mean of the scores of each {Noun.Of<T>()} was taken.",
        Methods = $"The z-scores of each {Noun.Of<T>()} in {Figure.Of(nameof(Inputs.Scored))} were averaged over the finite scores that it has; a {Noun.Of<T>()} without one was left out.",
        TableLegend = $"The mean z-score of each {Noun.Of<T>()} across {Figure.Of(nameof(Inputs.Scored))}.",
    };
}
