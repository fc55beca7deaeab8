using System.Globalization;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>Makes the figure of a volcano plot, as SVG: WebGL is not there in every browser, and few contexts of it in any.</summary>
internal static class VolcanoFigure
{
    public const int NamedGenes = 10;

    // About the diameter of a marker in a figure of usual size.
    private const int CellsAcross = 240;
    private const int CellsUp = 160;

    private static readonly (int Direction, string Name, string Colour)[] Groups = [(0, "Not significant", "#7F7F7F"), (1, "Up", "#D55E00"), (-1, "Down", "#0072B2")];

    public static PlotlyPlot Draw(VolcanoPoints points)
    {
        VolcanoPoint[] named = [.. points.Points.Where(static point => point.Direction != 0 && point.Gene.Length > 0).OrderByDescending(static point => point.Height).ThenByDescending(static point => Math.Abs(point.Change)).Take(NamedGenes)];
        var visible = Visible(points.Points, named);
        var traces = Groups.Select(group => Trace(group.Name, group.Colour, points.Points.Count(point => point.Direction == group.Direction), [.. visible.Where(point => point.Direction == group.Direction)]));
        return PlotlyPlot.Of([.. traces, Names(named)], Layout(points));
    }

    /// <summary>One gene of those in the same cell of a fine grid, the named ones in any case.</summary>
    private static VolcanoPoint[] Visible(IReadOnlyList<VolcanoPoint> points, VolcanoPoint[] named)
    {
        var (left, right) = (points.Min(static point => point.Change), points.Max(static point => point.Change));
        var top = points.Max(static point => point.Height);
        var taken = new HashSet<(int Across, int Up, int Direction)>();
        (int, int, int) CellOf(VolcanoPoint point) => (Cell(point.Change - left, right - left, CellsAcross), Cell(point.Height, top, CellsUp), point.Direction);
        foreach (var point in named) taken.Add(CellOf(point));
        return [.. named, .. points.Except(named, ReferenceEqualityComparer.Instance).Cast<VolcanoPoint>().Where(point => taken.Add(CellOf(point)))];
    }

    private static int Cell(double distance, double range, int cells) => range > 0 ? (int)(distance / range * cells) : 0;

    private static object Trace(string name, string colour, int count, VolcanoPoint[] points) => new
    {
        type = "scatter",
        mode = "markers",
        name = FormattableString.Invariant($"{name} ({count:N0})"),
        x = points.Select(static point => Rounded(point.Change)),
        y = points.Select(static point => Rounded(point.Height)),
        text = points.Select(Description),
        hovertemplate = "%{text}<extra></extra>",
        marker = new { color = colour, size = 5, opacity = 0.7, symbol = points.Select(static point => point.IsCapped ? "triangle-up" : "circle") },
    };

    private static object Names(VolcanoPoint[] named) => new
    {
        type = "scatter",
        mode = "text",
        x = named.Select(static point => Rounded(point.Change)),
        y = named.Select(static point => Rounded(point.Height)),
        text = named.Select(static point => Escaped(point.Gene)),
        textposition = "top center",
        hoverinfo = "skip",
        showlegend = false,
    };

    private static object Layout(VolcanoPoints points)
    {
        var threshold = -Math.Log10(VolcanoPoints.SignificantBelow);
        return new
        {
            title = new { text = "Volcano Plot", subtitle = new { text = FormattableString.Invariant($"{points.Points.Count:N0} genes") } },
            height = 650,
            hovermode = "closest",
            xaxis = new { title = new { text = "log2FC" }, zeroline = false },
            yaxis = new { title = new { text = "-log10P" }, rangemode = "tozero" },
            shapes = new object[] { Upright(-VolcanoPoints.LargeAbove), Upright(VolcanoPoints.LargeAbove), Level(threshold) },
        };
    }

    private static object Upright(double x) => new { type = "line", x0 = x, x1 = x, yref = "paper", y0 = 0, y1 = 1, line = DashedLine };

    private static object Level(double y) => new { type = "line", xref = "paper", x0 = 0, x1 = 1, y0 = y, y1 = y, line = DashedLine };

    private static object DashedLine => new { color = "#7F7F7F", width = 1, dash = "dash" };

    // What a reader can see of a coordinate; half the size of the figure.
    private static double Rounded(double value) => Math.Round(value, 4);

    private static string Description(VolcanoPoint point)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"<b>{Escaped(point.Gene)}</b><br>log2FC {point.Change:F2}<br>p {point.PValue:0.##E+0}");
        return point.AdjustedPValue is { } adjusted && !double.IsNaN(adjusted) ? text + string.Create(CultureInfo.InvariantCulture, $"<br>adjusted p {adjusted:0.##E+0}") : text;
    }

    // Plotly reads a few tags out of texts.
    private static string Escaped(string gene) => gene.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
