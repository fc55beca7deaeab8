using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>Draws the sum of the values of each sample as a horizontal bar, in the order of the matrix.</summary>
/// <remarks>Missing and infinite values are in no sum. Of values that are no counts, the axis says what was summed. All samples are drawn, however many.</remarks>
internal abstract class LibrarySizePlot<TInputs>(IPlaybookFiles files) : Resolver<TInputs, PlotlyPlot>
    where TInputs : class
{
    private const int HeightOfBar = 22;
    private const int Margins = 180;
    private const int LeastHeight = 400;
    private const int MostHeight = 2000;

    protected abstract MatrixFile MatrixOf(TInputs inputs);

    protected sealed override async Task<PlotlyPlot> ResolveAsync(TInputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var matrix = (await files.ReadAsync(MatrixOf(inputs), progress, cancellationToken).ConfigureAwait(false)).Matrix;
        var sizes = LibrarySizes.Of(matrix);
        if (sizes.MissingValues > 0) progress.Warn(FormattableString.Invariant($"Missing or infinite values, not in the sums: {sizes.MissingValues:N0}."));
        if (!matrix.Scale.IsCounts) progress.Warn($"The values are no untransformed counts ({matrix.Scale}): their sums are not the sizes of libraries.");

        var trace = new
        {
            type = "bar",
            orientation = "h",
            x = sizes.Totals,
            y = sizes.Samples,
            hovertemplate = "%{y}<br>%{x:,}<extra></extra>",
        };
        return PlotlyPlot.Of([trace], Layout(matrix));
    }

    private static object Layout(Matrix matrix) => new
    {
        title = new { text = "Library Sizes of Samples" },
        height = Math.Clamp((matrix.ColumnCount * HeightOfBar) + Margins, LeastHeight, MostHeight),
        xaxis = new { title = new { text = matrix.Scale.IsCounts ? "Library Size" : $"Sum of the values ({matrix.Scale})" } },
        // Names may look like numbers. The first sample stands on top.
        yaxis = new { title = new { text = "Samples", standoff = 16 }, type = "category", automargin = true, autorange = "reversed" },
    };
}
