using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Projection;

/// <inheritdoc cref="PrincipalComponentPlot{TInputs}"/>
/// <remarks>Samples are told apart as <see cref="SampleGroups"/> does; where there are no two groups, the process fails and says how to get them.</remarks>
internal abstract class AnnDataComponents(IPlaybookFiles files, int dimensions) : PrincipalComponentPlot<AnnDataComponents.Inputs>(files, dimensions)
{
    public sealed record Inputs([Argument("anndata")] AnnDataMatrix AnnData);

    protected sealed override MatrixFile MatrixOf(Inputs inputs) => inputs.AnnData;

    protected sealed override SamplePoints.Grouping GroupsOf(Annotations samples)
    {
        var groups = SampleGroups.Of(samples);
        return new SamplePoints.Grouping([groups.Control, groups.Perturbation], groups.Groups, groups.Column);
    }

    protected sealed override Story Tell(Inputs? inputs, PlotlyPlot? output) => new()
    {
        Abstract = $"The samples of the annotated matrix were shown along the {FirstComponents}.",
        Introduction = ComponentStory.Introduction,
        Methods = $"Of {Figure.Of(nameof(Inputs.AnnData))}, kept as AnnData {Literature.AnnData}, {TransformationInText(inputs?.AnnData)}; each gene was centred, not scaled, and the samples were projected on the {FirstComponents}.",
        FigureLegend = $"The samples of {Figure.Of(nameof(Inputs.AnnData))} along the {FirstComponents}, in the colour and with the symbol of their group. Before that, {TransformationInText(inputs?.AnnData)}; genes were centred, not scaled. The axes say which share of the variance a component explains.",
    };
}

/// <inheritdoc cref="AnnDataComponents"/>
internal sealed class AnnDataComponents2D(IPlaybookFiles files) : AnnDataComponents(files, 2)
{
    public override Description Description { get; } = new("PCAGraphWithMetadata2D", "2D PCA Graph of RNA-seq Data from AnnData file", "Draw the samples of an annotated matrix along the first two principal components, told apart by group");
}

/// <inheritdoc cref="AnnDataComponents"/>
internal sealed class AnnDataComponents3D(IPlaybookFiles files) : AnnDataComponents(files, 3)
{
    public override Description Description { get; } = new("PCAGraphWithMetadata", "PCA Graph of RNA-seq Data from AnnData file", "Draw the samples of an annotated matrix along the first three principal components, told apart by group");
}
