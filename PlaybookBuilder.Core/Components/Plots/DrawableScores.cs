using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Filters;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>What of a list of scores can be drawn as bars: one finite score a term.</summary>
internal static class DrawableScores
{
    /// <param name="weight">Which of several scores of a term is drawn: the one of the greatest weight.</param>
    /// <returns>In the order in which the terms first appear.</returns>
    /// <exception cref="ProcessFailedException">Nothing can be drawn.</exception>
    public static OrderedDictionary<string, double> Of<T>(Scored<T> scored, Func<double, double> weight, Progress progress)
        where T : IRankable
    {
        var finite = BestScores.PerTerm(scored.Terms.Where(static term => double.IsFinite(term.ZScore.Value)), weight);
        if (finite.Count == 0) throw new ProcessFailedException($"None of the {Noun.Plural<T>()} has a finite score, so there is nothing to draw.");

        var undrawn = scored.Terms.Count(static term => !double.IsFinite(term.ZScore.Value));
        if (undrawn > 0) progress.Warn(FormattableString.Invariant($"{undrawn:N0} missing or infinite scores can't be drawn."));
        return finite;
    }
}
