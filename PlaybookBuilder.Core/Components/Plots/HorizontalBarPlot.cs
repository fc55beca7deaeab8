using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>Draws the ten scores farthest from zero as horizontal bars, the farthest on top, with the p-value of each.</summary>
/// <remarks>
/// Ties are drawn in the order of the input. A term that is scored more than once is drawn once, with its score farthest from zero. Missing and infinite scores
/// are not drawn; where nothing is left the process fails.
/// </remarks>
internal sealed class HorizontalBarPlot<T> : Resolver<HorizontalBarPlot<T>.Inputs, PlotlyPlot>
    where T : IRankable
{
    private const int MostBars = 10;
    private const double Significant = 0.05;
    private const string SignificantColour = "#2563a8";
    private const string OtherColour = "#9aa3ad";

    public sealed record Inputs(Scored<T> Terms);

    public override Description Description { get; } = new($"BarChartFrom[Scored[{T.Name}]]", $"Horizontal Bar Plot from Scored {T.Plural}", $"Draw the {MostBars} scored {Noun.Plural<T>()} farthest from zero as horizontal bars");

    protected override Task<PlotlyPlot> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var bars = DrawableScores.Of(inputs.Terms, Math.Abs, progress)
            .OrderByDescending(static bar => Math.Abs(bar.Value))
            .Take(MostBars)
            .Select(static bar => (Term: bar.Key, Score: bar.Value, P: NormalDistribution.TwoSidedPValue(bar.Value)))
            .ToArray();
        var trace = new
        {
            type = "bar",
            orientation = "h",
            x = bars.Select(static bar => bar.Score),
            y = bars.Select(static bar => bar.Term),
            text = bars.Select(static bar => Format(bar.P)),
            textposition = "auto",
            hovertemplate = "%{y}<br>z = %{x:.3f}<br>%{text}<extra></extra>",
            marker = new { color = bars.Select(static bar => bar.P <= Significant ? SignificantColour : OtherColour) },
        };
        return Task.FromResult(PlotlyPlot.Of([trace], Layout(bars.Length)));
    }

    protected override Story Tell(Inputs? inputs, PlotlyPlot? output) => new()
    {
        Abstract = $"The scored {Noun.Plural<T>()} were shown as a horizontal bar plot.",
        Introduction = $"Plotly draws interactive figures, in which values can be read off and regions enlarged {Literature.Plotly}.",
        Methods = $"The {MostBars} {Noun.Plural<T>()} of {Figure.Of(nameof(Inputs.Terms))} with the largest absolute z-scores were drawn with Plotly {Literature.Plotly}, a {Noun.Of<T>()} scored more than once with the score farthest from 0, leaving out missing and infinite scores. The p-values are two-sided and hold if the scores follow a standard normal distribution where there is no effect.",
        FigureLegend = $"The z-scores of the top {Noun.Plural<T>()} of {Figure.Of(nameof(Inputs.Terms))} with their p-values. Bars with p ≤ {Significant} are blue, others grey.",
    };

    private static object Layout(int bars) => new
    {
        title = new { text = $"Top {bars} Scored {T.Plural} by Absolute Z-Score" },
        height = 180 + (42 * bars),
        xaxis = new { title = new { text = "Z-score" }, zeroline = true },
        // Names may look like numbers, and the first stands on top.
        yaxis = new { title = new { text = T.Label, standoff = 16 }, type = "category", autorange = "reversed", automargin = true },
    };

    private static string Format(double p) => p switch
    {
        < 1e-300 => "p < 1e-300",
        < 0.0001 => FormattableString.Invariant($"p = {p:0.0e-0}"),
        _ => FormattableString.Invariant($"p = {p:0.0000}"),
    };
}
