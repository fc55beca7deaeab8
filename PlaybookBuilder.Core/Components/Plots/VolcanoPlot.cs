using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Expression;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>Draws the fold change of each gene of a signature against its significance.</summary>
/// <remarks>
/// A p-value of 0 has no logarithm: such genes stand at the upper edge as triangles. Genes without a fold change or a p-value are not drawn; where none can be, the process fails. Of genes that would cover each other one
/// is drawn, so that a figure of 60,000 genes stays quick without WebGL.
/// </remarks>
internal sealed class VolcanoPlot(IPlaybookFiles files) : Resolver<VolcanoPlot.Inputs, PlotlyPlot>
{
    public sealed record Inputs(GeneSignature Sig);

    public override Description Description { get; } = new("VolcanoPlot", "Volcano Plot from Differential Expression Table", "Draw the log2 fold change of each gene of a signature against its significance");

    protected override async Task<PlotlyPlot> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var signature = await files.ReadAsync(inputs.Sig.File, SignatureReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        var points = VolcanoPoints.Of(signature);
        if (points.Undrawn > 0) progress.Warn(FormattableString.Invariant($"Not drawn, without a finite fold change or a p-value: {points.Undrawn:N0} of {points.Undrawn + points.Points.Count:N0} genes."));
        if (points.Capped > 0) progress.Warn(FormattableString.Invariant($"At the upper edge, with a p-value of 0: {points.Capped:N0} of {points.Points.Count:N0} genes."));
        cancellationToken.ThrowIfCancellationRequested();
        return VolcanoFigure.Draw(points);
    }

    protected override Story Tell(Inputs? inputs, PlotlyPlot? output) => new()
    {
        Abstract = "The signature was shown as a volcano plot.",
        Introduction = $"Differential expression analysis finds the genes whose expression differs between two conditions {Literature.DifferentialExpression}; a volcano plot shows the size of each difference and its significance at once.",
        Methods = $"Of each gene of {Figure.Of(nameof(Inputs.Sig))}, the log2 fold change was drawn against -log10 of the p-value, not adjusted. Genes with p < {VolcanoPoints.SignificantBelow} and a log2 fold change above {VolcanoPoints.LargeAbove} or below -{VolcanoPoints.LargeAbove} are coloured, the {VolcanoFigure.NamedGenes} most significant of them named. Of genes that would cover each other one was drawn, and genes with p = 0 at the upper edge.",
        FigureLegend = $"The log2 fold change and the significance of each gene of {Figure.Of(nameof(Inputs.Sig))}. Coloured: p < {VolcanoPoints.SignificantBelow} (dashed line, not adjusted) and an absolute log2 fold change above {VolcanoPoints.LargeAbove}.",
    };
}
