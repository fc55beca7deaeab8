using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Projection;

/// <summary>Draws the samples of a matrix along its first principal components.</summary>
/// <remarks>
/// Counts become log2(x+1) first; values that were transformed before, or are no counts, are taken as they are. Genes are centred, not scaled. Genes with a missing value are left out. Fewer than two samples are refused; two
/// samples have one component, along the others they are at 0.
/// </remarks>
/// <param name="dimensions">2 or 3.</param>
internal abstract class PrincipalComponentPlot<TInputs>(IPlaybookFiles files, int dimensions) : Resolver<TInputs, PlotlyPlot>
    where TInputs : class
{
    protected int Dimensions => dimensions;

    protected string FirstComponents => dimensions == 2 ? "first two principal components" : "first three principal components";

    /// <summary>The matrix among the inputs.</summary>
    protected abstract MatrixFile MatrixOf(TInputs inputs);

    /// <summary>Which samples are drawn alike.</summary>
    protected abstract SamplePoints.Grouping GroupsOf(Annotations samples);

    protected sealed override async Task<PlotlyPlot> ResolveAsync(TInputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var file = MatrixOf(inputs);
        var data = await files.ReadAsync(file, progress, cancellationToken).ConfigureAwait(false);
        if (data.Matrix.ColumnCount < 2) throw new ProcessFailedException("There is only one sample. Principal components show how samples differ, and need at least two.");

        var groups = GroupsOf(data.Samples);
        progress.Info("Computing principal components");
        var components = Compute(data.Matrix, cancellationToken);
        if (components.GenesWithMissingValues > 0) progress.Warn($"Left out because a value is missing: {Noun.Count<Gene>(components.GenesWithMissingValues)}.");
        return SamplePoints.Draw(components, groups, TitleOf(data.Matrix, components));
    }

    /// <summary>What is said of the values before they are projected.</summary>
    protected static string TransformationInText(MatrixFile? matrix) => matrix?.Scale is not { } tokens || MatrixScale.FromTokens(tokens) is not { } scale
        ? "counts were transformed to log2(x+1), values transformed before were taken as they are"
        : scale.IsCounts ? "the counts were transformed to log2(x+1)" : $"the values were taken as they are ({scale})";

    private static PrincipalComponents Compute(Matrix matrix, CancellationToken cancellationToken)
    {
        try
        {
            return PrincipalComponents.Of(matrix.Scale.IsCounts ? Statistics.Normalization.Log2(matrix) : matrix, SamplePoints.MostDimensions, cancellationToken);
        }
        catch (MatrixValueException exception)
        {
            throw new ProcessFailedException(exception.Message, exception);
        }
    }

    private SamplePoints.Title TitleOf(Matrix matrix, PrincipalComponents components)
    {
        var genes = Noun.Count<Gene>(matrix.RowCount - components.GenesWithMissingValues);
        var values = matrix.Scale.IsCounts ? "log2(x+1) of counts" : matrix.Scale.ToString();
        return new SamplePoints.Title("Principal Components of the Samples", $"{genes}, {values}, centred", dimensions);
    }
}
