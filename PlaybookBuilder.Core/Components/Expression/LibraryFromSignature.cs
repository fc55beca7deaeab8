using System.Collections.Immutable;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Components.Sets;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Core.Components.Expression;

/// <summary>Makes a library of the significantly up- and the significantly down-regulated genes of a signature.</summary>
/// <remarks>The cut-off is <see cref="SignificanceCutoff"/>'s. A direction without genes is left out with a warning; where there is none in either, the process fails.</remarks>
internal sealed class LibraryFromSignature(IPlaybookFiles files) : Resolver<LibraryFromSignature.Inputs, Library<Gene>>
{
    public sealed record Inputs(GeneSignature Sig);

    public override Description Description { get; } = new("GMTFromSignature", "GMT from Signature", "Make a GMT of the significantly up- and down-regulated genes of a signature");

    protected override async Task<Library<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var signature = await files.ReadAsync(inputs.Sig.File, SignatureReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        var genes = SignificantGenes.Of(signature);
        progress.Info($"Significant is {genes.Cutoff}.");
        (string Direction, string Label, ImmutableArray<string> Genes)[] all = [("up", "Up Genes", genes.Up), ("down", "Down Genes", genes.Down)];
        var found = all.Where(set => !set.Genes.IsEmpty).ToArray();
        if (found.Length == 0) throw new ProcessFailedException($"No gene of the signature is significant ({genes.Cutoff}).");
        foreach (var none in all.Except(found)) progress.Warn($"No gene is significantly {none.Direction}-regulated; the library has no such set.");

        return new Library<Gene>(found.Select(set => KeyValuePair.Create(
            $"{SignatureText.NameOf(inputs.Sig)} {set.Label}", new Set<Gene>(set.Genes, SignatureText.SignificantGenes(set.Direction, inputs.Sig)))));
    }

    protected override Story Tell(Inputs? inputs, Library<Gene>? output) => new()
    {
        Abstract = "The significantly up- and down-regulated genes of the signature were collected in a library.",
        Introduction = LibraryStory.Introduction<Gene>(),
        Methods = $"Of {Figure.Of(nameof(Inputs.Sig))}, the significant genes made one set for each direction of regulation. {SignatureText.Cutoff}",
        TableLegend = $"The library of the significantly up- and down-regulated genes of {Figure.Of(nameof(Inputs.Sig))}.",
    };
}
