using System.Collections.Immutable;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>The genes of a signature that are significantly up- and down-regulated, from the smallest p-value on; each gene once in a direction, rows without a name left out.</summary>
/// <remarks>A gene that stands on several rows may be in both.</remarks>
internal sealed record SignificantGenes(SignificanceCutoff Cutoff, ImmutableArray<string> Up, ImmutableArray<string> Down)
{
    public static SignificantGenes Of(Signature signature)
    {
        var cutoff = SignificanceCutoff.Of(signature, needsBoth: true);
        int[] significant = [.. Enumerable.Range(0, signature.Count).Where(gene => cutoff.IsSignificant(gene) && signature.Genes[gene].Length > 0)];
        // The order is that of the unadjusted p-values, which have fewer ties.
        var order = signature.Pval ?? cutoff.PValues;
        string[] Genes(int direction) =>
            [.. significant.Where(gene => !double.IsNaN(signature.LogFC![gene]) && Math.Sign(signature.LogFC[gene]) == direction).OrderBy(gene => order[gene]).Select(gene => signature.Genes[gene]).Distinct(StringComparer.Ordinal)];
        return new SignificantGenes(cutoff, [.. Genes(1)], [.. Genes(-1)]);
    }
}
