using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>Takes the significant genes of a signature with z-scores: of their p-values, with the sign of their fold changes, in the order of the file.</summary>
/// <remarks>
/// p-values of differential expression are two-sided, so |z| is the value that a standard normal variable exceeds in magnitude with probability p; the plots of scores turn it into the same p again. A fold change of 0 gives 0. A
/// p-value of 0 is too small for a number, and gives an infinite score. Rows without a fold change, a p-value or a name are left out; a gene on several rows stays on several. Where no gene is significant the process fails.
/// </remarks>
internal sealed class ScoredGenesFromSignature(IPlaybookFiles files) : Resolver<ScoredGenesFromSignature.Inputs, Scored<Gene>>
{
    public sealed record Inputs(GeneSignature Sig);

    public override Description Description { get; } = new("ScoredGenesFromSignature", "Scored Genes from Signature", "Score the significant genes of a signature by their p-values and the signs of their fold changes");

    protected override async Task<Scored<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var signature = await files.ReadAsync(inputs.Sig.File, SignatureReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        var cutoff = SignificanceCutoff.Of(signature, needsBoth: false);
        progress.Info($"Significant is {cutoff}.");
        var scored = Score(signature, cutoff).ToArray();
        if (scored.Length == 0) throw new ProcessFailedException($"No gene of the signature is significant ({cutoff}).");

        var infinite = scored.Count(gene => double.IsInfinity(gene.ZScore.Value));
        if (infinite > 0) progress.Warn($"With a p-value of 0 and so an infinite score: {Noun.Count<Gene>(infinite)}.");
        return new Scored<Gene>([.. scored]);
    }

    protected override Story Tell(Inputs? inputs, Scored<Gene>? output) => new()
    {
        Abstract = "The significant genes of the signature were taken with z-scores.",
        Methods = $"The two-sided p-value of each significant gene of {Figure.Of(nameof(Inputs.Sig))} was turned into the z-score of the same significance, with the sign of the fold change. {SignatureText.Cutoff}",
        TableLegend = $"The significant genes of {Figure.Of(nameof(Inputs.Sig))} with z-scores: positive for up-regulated genes, negative for down-regulated ones.",
    };

    private static IEnumerable<ScoredTerm> Score(Signature signature, SignificanceCutoff cutoff)
    {
        for (var gene = 0; gene < signature.Count; gene++)
        {
            var z = NormalDistribution.ZOfTwoSided(cutoff.PValues[gene], signature.LogFC![gene]);
            if (cutoff.IsSignificant(gene) && !double.IsNaN(z) && signature.Genes[gene].Length > 0) yield return new ScoredTerm(signature.Genes[gene], z);
        }
    }
}
