using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Projection;

/// <inheritdoc cref="PrincipalComponentPlot{TInputs}"/>
internal abstract class GeneCountMatrixComponents(IPlaybookFiles files, int dimensions) : PrincipalComponentPlot<GeneCountMatrixComponents.Inputs>(files, dimensions)
{
    public sealed record Inputs(GeneCountMatrix Matrix);

    protected sealed override MatrixFile MatrixOf(Inputs inputs) => inputs.Matrix;

    protected sealed override SamplePoints.Grouping GroupsOf(Annotations samples) => new([], [.. samples.Index.Select(_ => (string?)null)], "");

    protected sealed override Story Tell(Inputs? inputs, PlotlyPlot? output) => new()
    {
        Abstract = $"The samples of the gene count matrix were shown along the {FirstComponents}.",
        Introduction = ComponentStory.Introduction,
        Methods = $"Of {Figure.Of(nameof(Inputs.Matrix))}, {TransformationInText(inputs?.Matrix)}; each gene was centred, not scaled, and the samples were projected on the {FirstComponents}.",
        FigureLegend = $"The samples of {Figure.Of(nameof(Inputs.Matrix))} along the {FirstComponents}. Before that, {TransformationInText(inputs?.Matrix)}; genes were centred, not scaled. The axes say which share of the variance a component explains.",
    };
}

/// <inheritdoc cref="PrincipalComponentPlot{TInputs}"/>
internal sealed class GeneCountMatrixComponents2D(IPlaybookFiles files) : GeneCountMatrixComponents(files, 2)
{
    public override Description Description { get; } = new("PCAGraphWithoutMetadata2D", "2D PCA Graph of RNA-seq Data from Gene Count Matrix", "Draw the samples of a gene count matrix along the first two principal components");
}

/// <inheritdoc cref="PrincipalComponentPlot{TInputs}"/>
internal sealed class GeneCountMatrixComponents3D(IPlaybookFiles files) : GeneCountMatrixComponents(files, 3)
{
    public override Description Description { get; } = new("PCAGraphWithoutMetadata", "PCA Graph of RNA-seq Data from Gene Count Matrix", "Draw the samples of a gene count matrix along the first three principal components");
}
