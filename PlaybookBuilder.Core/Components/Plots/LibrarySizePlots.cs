using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Components.Plots;

/// <inheritdoc cref="LibrarySizePlot{TInputs}"/>
internal sealed class LibrarySizesOfGeneCountMatrix(IPlaybookFiles files) : LibrarySizePlot<LibrarySizesOfGeneCountMatrix.Inputs>(files)
{
    public sealed record Inputs(GeneCountMatrix Matrix);

    public override Description Description { get; } = new("VisualizeLibrarySizes", "Library Size Bar Plot from Gene Count Matrix", "Draw the total count of each sample of a gene count matrix as bars");

    protected override MatrixFile MatrixOf(Inputs inputs) => inputs.Matrix;

    protected override Story Tell(Inputs? inputs, PlotlyPlot? output) => new()
    {
        Abstract = "The library sizes of the samples were shown as a bar plot.",
        Introduction = LibrarySizeStory.Introduction,
        Methods = $"The values of each sample of {Figure.Of(nameof(Inputs.Matrix))} were summed over all genes, missing and infinite ones aside.",
        FigureLegend = $"The library sizes of the samples of {Figure.Of(nameof(Inputs.Matrix))}: the sum of the values of all genes.",
    };
}

/// <inheritdoc cref="LibrarySizePlot{TInputs}"/>
internal sealed class LibrarySizesOfAnnData(IPlaybookFiles files) : LibrarySizePlot<LibrarySizesOfAnnData.Inputs>(files)
{
    public sealed record Inputs([Argument("anndata")] AnnDataMatrix AnnData);

    public override Description Description { get; } = new("VisualizeLibrarySizesFromAnnData", "Library Size Bar Plot from AnnData File", "Draw the total count of each sample of an annotated matrix as bars");

    protected override MatrixFile MatrixOf(Inputs inputs) => inputs.AnnData;

    protected override Story Tell(Inputs? inputs, PlotlyPlot? output) => new()
    {
        Abstract = "The library sizes of the annotated samples were shown as a bar plot.",
        Introduction = LibrarySizeStory.Introduction,
        Methods = $"The values of each sample of {Figure.Of(nameof(Inputs.AnnData))}, kept as AnnData {Literature.AnnData}, were summed over all genes, missing and infinite ones aside.",
        FigureLegend = $"The library sizes of the samples of {Figure.Of(nameof(Inputs.AnnData))}: the sum of the values of all genes.",
    };
}

internal static class LibrarySizeStory
{
    public const string Introduction =
        "RNA-seq measures expression by counting the reads that map to each gene. How many were counted in a sample altogether, its library size, depends on the depth of sequencing and differs between samples.";
}
