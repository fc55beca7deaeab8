using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>Draws all scores as vertical bars, in the order of the input.</summary>
/// <remarks>
/// A term that is scored more than once is drawn once, with its highest score. Missing and infinite scores are not drawn; where nothing is left the process fails.
/// More terms than a figure can show are cut to those farthest from zero, and the title says so.
/// </remarks>
internal sealed class VerticalBarPlot<T> : Resolver<VerticalBarPlot<T>.Inputs, PlotlyPlot>
    where T : IRankable
{
    private const int MostBars = 200;

    public sealed record Inputs(Scored<T> Terms);

    public override Description Description { get; } = new($"BarplotFrom[Scored[{T.Name}]]", $"Vertical bar plot from Scored {T.Plural}", $"Draw the scored {Noun.Plural<T>()} as vertical bars");

    protected override Task<PlotlyPlot> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var scores = DrawableScores.Of(inputs.Terms, static score => score, progress);
        var bars = FarthestFromZero(scores);
        var trace = new
        {
            type = "bar",
            x = bars.Select(static bar => bar.Key),
            y = bars.Select(static bar => bar.Value),
            hovertemplate = "%{x}<br>z = %{y:.3f}<extra></extra>",
        };
        return Task.FromResult(PlotlyPlot.Of([trace], Layout(bars.Length, scores.Count)));
    }

    protected override Story Tell(Inputs? inputs, PlotlyPlot? output) => new()
    {
        Abstract = $"The scored {Noun.Plural<T>()} were shown as a vertical bar plot.",
        Introduction = $"Plotly draws interactive figures, in which values can be read off and regions enlarged {Literature.Plotly}.",
        Methods = $"The highest finite z-score of each {Noun.Of<T>()} of {Figure.Of(nameof(Inputs.Terms))} was drawn as a bar with Plotly {Literature.Plotly}, of more than {MostBars} {Noun.Plural<T>()} those farthest from 0.",
        FigureLegend = $"The z-scores of the {Noun.Plural<T>()} of {Figure.Of(nameof(Inputs.Terms))}.",
    };

    private static KeyValuePair<string, double>[] FarthestFromZero(OrderedDictionary<string, double> scores) =>
    [
        .. scores.Index()
            .OrderByDescending(static bar => Math.Abs(bar.Item.Value))
            .Take(MostBars)
            .OrderBy(static bar => bar.Index)
            .Select(static bar => bar.Item),
    ];

    private static object Layout(int drawn, int all) => new
    {
        title = new { text = drawn == all ? $"Scored {T.Plural}" : FormattableString.Invariant($"Scored {T.Plural}: {drawn} of {all:N0}, farthest from zero") },
        height = 600,
        // Names may look like numbers.
        xaxis = new { title = new { text = T.Label, standoff = 16 }, type = "category", automargin = true },
        yaxis = new { title = new { text = "Z-score" }, zeroline = true },
    };
}
