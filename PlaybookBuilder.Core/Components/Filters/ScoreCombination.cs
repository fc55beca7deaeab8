using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Makes one score a term out of several lists of scores, sorted from the highest; equal ones in the order in which the terms first appear.</summary>
/// <remarks>A term need not stand in every list. One with no usable score is left out, with a warning.</remarks>
internal abstract class ScoreCombination<T> : Resolver<ScoreCombination<T>.Inputs, Scored<T>>
    where T : IRankable
{
    public sealed record Inputs(IReadOnlyList<Scored<T>> Scored);

    protected abstract bool IsUsable(double score);

    /// <summary>One score for each term of these usable ones, in the order of first appearance.</summary>
    protected abstract IEnumerable<KeyValuePair<string, double>> Combine(IEnumerable<ScoredTerm> terms);

    protected sealed override Task<Scored<T>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var all = inputs.Scored.SelectMany(static scored => scored.Terms).ToArray();
        var combined = Combine(all.Where(term => IsUsable(term.ZScore.Value))).Select(static pair => new ScoredTerm(pair.Key, pair.Value));
        var result = new Scored<T>([.. new Scored<T>([.. combined]).FromHighest()]);

        var lost = all.DistinctBy(static term => term.Term, StringComparer.Ordinal).Count() - result.Terms.Length;
        if (lost > 0) progress.Warn($"{Noun.Count<T>(lost)} without a usable score left out.");
        return Task.FromResult(result);
    }
}
