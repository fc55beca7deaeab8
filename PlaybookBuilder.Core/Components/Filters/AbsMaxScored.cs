using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>The score of each term that lies farthest from zero, with its sign: of -5 and 1 it is -5.</summary>
/// <remarks>Of -5 and 5 it is 5. An infinite score is the farthest there is; NaN is not counted, and a term that has no other score is left out.</remarks>
internal sealed class AbsMaxScored<T> : ScoreCombination<T>
    where T : IRankable
{
    // The reference puts the label, not the name, into this spec.
    public override Description Description { get; } = new($"AbsMaxScoredT[{T.Label}]", "Absolute Max Scored Values", $"Take each {Noun.Of<T>()}'s score that is farthest from zero over several lists");

    protected override bool IsUsable(double score) => !double.IsNaN(score);

    protected override IEnumerable<KeyValuePair<string, double>> Combine(IEnumerable<ScoredTerm> terms) => BestScores.PerTerm(terms, Math.Abs);

    protected override Story Tell(Inputs? inputs, Scored<T>? output) => new()
    {
        Abstract = $"The score of the largest absolute value was taken for each {Noun.Of<T>()}.",
        Methods = $"Of the z-scores of each {Noun.Of<T>()} in {Figure.Of(nameof(Inputs.Scored))} the one farthest from 0 was kept with its sign, the positive one of two equally far; a {Noun.Of<T>()} without a score was left out.",
        TableLegend = $"The z-score of the largest absolute value of each {Noun.Of<T>()} across {Figure.Of(nameof(Inputs.Scored))}.",
    };
}
