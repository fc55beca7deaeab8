using System.Collections.Immutable;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>Takes the significant genes of a signature that are regulated in one direction, from the smallest p-value on.</summary>
/// <remarks>The cut-off is <see cref="SignificanceCutoff"/>'s. Missing values are never significant. Where no gene is, the process fails.</remarks>
internal abstract class GeneSetFromSignature(IPlaybookFiles files, string direction) : Resolver<GeneSetFromSignature.Inputs, Set<Gene>>
{
    public sealed record Inputs(GeneSignature Sig);

    protected abstract ImmutableArray<string> GenesOf(SignificantGenes genes);

    protected sealed override async Task<Set<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var signature = await files.ReadAsync(inputs.Sig.File, SignatureReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        var significant = SignificantGenes.Of(signature);
        progress.Info($"Significant is {significant.Cutoff}.");
        var genes = GenesOf(significant);
        if (genes.IsEmpty) throw new ProcessFailedException($"No gene of the signature is significantly {direction}-regulated ({significant.Cutoff}).");

        return new Set<Gene>(genes, SignatureText.SignificantGenes(direction, inputs.Sig));
    }

    protected sealed override Story Tell(Inputs? inputs, Set<Gene>? output) => new()
    {
        Abstract = $"The significantly {direction}-regulated genes of the signature were taken as a set.",
        Methods = $"Of {Figure.Of(nameof(Inputs.Sig))}, the genes were taken that are significant and {direction}-regulated. {SignatureText.Cutoff}",
        TableLegend = $"The significantly {direction}-regulated genes of {Figure.Of(nameof(Inputs.Sig))}, the most significant first.",
    };
}

/// <inheritdoc cref="GeneSetFromSignature"/>
internal sealed class UpGeneSetFromSignature(IPlaybookFiles files) : GeneSetFromSignature(files, "up")
{
    public override Description Description { get; } = new("UpGeneSetFromSignature", "Up Gene Set from Signature", "Take the significantly up-regulated genes of a signature as a set");

    protected override ImmutableArray<string> GenesOf(SignificantGenes genes) => genes.Up;
}

/// <inheritdoc cref="GeneSetFromSignature"/>
internal sealed class DownGeneSetFromSignature(IPlaybookFiles files) : GeneSetFromSignature(files, "down")
{
    public override Description Description { get; } = new("DownGeneSetFromSignature", "Down Gene Set from Signature", "Take the significantly down-regulated genes of a signature as a set");

    protected override ImmutableArray<string> GenesOf(SignificantGenes genes) => genes.Down;
}
