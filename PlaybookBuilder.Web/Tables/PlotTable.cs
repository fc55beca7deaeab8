using System.Text.Json;
using System.Text.RegularExpressions;
using PlaybookBuilder.Core.Components.Plots;

namespace PlaybookBuilder.Web.Tables;

/// <summary>The points of a figure, trace after trace.</summary>
internal sealed partial class PlotTable : ResultTable<PlotlyPlot>
{
    /// <summary>The members of a trace that place its points.</summary>
    public static readonly string[] Coordinates = ["x", "y", "z", "labels", "values"];

    private static readonly string[] PerPoint = [.. Coordinates, "text", "hovertext", "customdata"];

    public static string WithoutMarkup(string text) => Markup().Replace(text, " ").Trim();

    protected override TableContent Tabulate(PlotlyPlot value)
    {
        var points = value.Data.EnumerateArray().Where(trace => trace.ValueKind == JsonValueKind.Object).SelectMany(PointsOf).ToArray();
        var used = PerPoint.Where(member => points.Any(point => point.Cells.ContainsKey(member))).ToArray();
        return new TableContent(points.Length, [new TableColumn("trace", row => points[row].Trace), .. used.Select(member => ColumnOf(points, member))]);
    }

    private static TableColumn ColumnOf(Point[] points, string member)
    {
        var cells = points.Select(point => point.Cells.GetValueOrDefault(member)).ToArray();
        return cells.All(cell => cell.ValueKind is JsonValueKind.Number or JsonValueKind.Null or JsonValueKind.Undefined)
            ? TableColumn.OfNumbers(member, row => cells[row].ValueKind == JsonValueKind.Number ? cells[row].GetDouble() : double.NaN)
            : new TableColumn(member, row => TextOf(cells[row]));
    }

    private static IEnumerable<Point> PointsOf(JsonElement trace, int index)
    {
        var name = trace.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : $"trace {index + 1}";
        var columns = PerPoint
            .Where(member => trace.TryGetProperty(member, out var values) && values.ValueKind == JsonValueKind.Array)
            .ToDictionary(member => member, member => trace.GetProperty(member).EnumerateArray().ToArray());
        var count = Coordinates.Max(member => columns.TryGetValue(member, out var values) ? values.Length : 0);
        return Enumerable.Range(0, count).Select(row => new Point(name, columns
            .Where(column => row < column.Value.Length)
            .ToDictionary(column => column.Key, column => column.Value[row])));
    }

    private static string TextOf(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => WithoutMarkup(cell.GetString()!),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => cell.GetRawText(),
    };

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Markup();

    private sealed record Point(string Trace, Dictionary<string, JsonElement> Cells);
}
