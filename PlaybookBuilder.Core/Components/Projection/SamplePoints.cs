using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Core.Components.Projection;

/// <summary>Makes the figure of samples along principal components. Groups differ in colour and in symbol.</summary>
internal static class SamplePoints
{
    public const int MostDimensions = 3;

    private const string Ungrouped = "neither";

    // Blue, red and grey of equal weight that colour-blind people tell apart (Okabe and Ito's palette); symbols that plotly.js has in two and in three dimensions.
    private static readonly (string Colour, string Symbol)[] Styles = [("#0072B2", "circle"), ("#D55E00", "diamond"), ("#7F7F7F", "x")];

    /// <summary>The groups in the order of the legend, and the group of each sample.</summary>
    /// <param name="Names">At most two; none where samples are not told apart.</param>
    /// <param name="OfSamples">One of the names for each sample, or null where it is in no group.</param>
    /// <param name="Caption">What the groups are; stands over the legend.</param>
    public sealed record Grouping(IReadOnlyList<string> Names, IReadOnlyList<string?> OfSamples, string Caption);

    public sealed record Title(string Text, string Subtitle, int Dimensions);

    public static PlotlyPlot Draw(PrincipalComponents components, Grouping grouping, Title title)
    {
        var traces = grouping.Names.Count == 0
            ? [Trace(components, title.Dimensions, "Samples", Styles[0], [.. Enumerable.Range(0, components.Samples.Count)])]
            : TracesOf(components, grouping, title.Dimensions);
        return PlotlyPlot.Of([.. traces], title.Dimensions == 2 ? FlatLayout(components, grouping, title) : DeepLayout(components, grouping, title));
    }

    private static IEnumerable<object> TracesOf(PrincipalComponents components, Grouping grouping, int dimensions)
    {
        string?[] names = [.. grouping.Names, null];
        for (var i = 0; i < names.Length; i++)
        {
            int[] members = [.. grouping.OfSamples.Index().Where(sample => sample.Item == names[i]).Select(sample => sample.Index)];
            var style = names[i] is null ? Styles[^1] : Styles[i];
            if (members.Length > 0) yield return Trace(components, dimensions, names[i] ?? Ungrouped, style, members);
        }
    }

    private static Dictionary<string, object> Trace(PrincipalComponents components, int dimensions, string name, (string Colour, string Symbol) style, int[] members)
    {
        double[] Scores(int component) => [.. members.Select(sample => components.Scores[component][sample])];
        var trace = new Dictionary<string, object>
        {
            ["type"] = dimensions == 2 ? "scatter" : "scatter3d",
            ["mode"] = "markers",
            ["name"] = name,
            ["x"] = Scores(0),
            ["y"] = Scores(1),
            ["text"] = members.Select(sample => components.Samples[sample]).ToArray(),
            ["hovertemplate"] = $"<b>%{{text}}</b><br>PC1 %{{x:.2f}}<br>PC2 %{{y:.2f}}{(dimensions == 2 ? "" : "<br>PC3 %{z:.2f}")}",
            ["marker"] = new { color = style.Colour, symbol = style.Symbol, size = dimensions == 2 ? 12 : 6, line = new { width = 1, color = "#ffffff" } },
        };
        if (dimensions == MostDimensions) trace["z"] = Scores(2);
        return trace;
    }

    private static object FlatLayout(PrincipalComponents components, Grouping grouping, Title title) => new
    {
        title = TitleOf(title),
        height = 600,
        showlegend = grouping.Names.Count > 0,
        legend = new { title = new { text = grouping.Caption } },
        xaxis = Axis(components, 0),
        yaxis = Axis(components, 1),
    };

    private static object DeepLayout(PrincipalComponents components, Grouping grouping, Title title) => new
    {
        title = TitleOf(title),
        height = 700,
        showlegend = grouping.Names.Count > 0,
        legend = new { title = new { text = grouping.Caption } },
        scene = new { xaxis = Axis(components, 0), yaxis = Axis(components, 1), zaxis = Axis(components, 2) },
    };

    private static object TitleOf(Title title) => new { text = title.Text, subtitle = new { text = title.Subtitle } };

    private static object Axis(PrincipalComponents components, int component) => new
    {
        title = new { text = FormattableString.Invariant($"PC{component + 1} ({100 * components.ExplainedVarianceRatio[component]:F1}% of the variance)") },
        zeroline = true,
    };
}
