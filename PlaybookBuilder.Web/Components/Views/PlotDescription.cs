using System.Text.Json;
using PlaybookBuilder.Core.Components.Plots;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Views;

/// <summary>A figure in words, for those who don't see it.</summary>
internal static class PlotDescription
{
    private const int NamedTraces = 6;
    private static readonly string[] Axes = ["xaxis", "yaxis"];
    private static readonly string[] SceneAxes = ["xaxis", "yaxis", "zaxis"];

    public static string Of(PlotlyPlot plot)
    {
        var title = TextOf(plot.Layout, "title");
        var axes = plot.Layout.TryGetProperty("scene", out var scene) && scene.ValueKind == JsonValueKind.Object
            ? AxesOf(scene, SceneAxes)
            : AxesOf(plot.Layout, Axes);
        var traces = plot.Data.EnumerateArray().Where(trace => trace.ValueKind == JsonValueKind.Object).ToArray();
        var named = string.Join("; ", traces.Take(NamedTraces).Select(Describe)) + (traces.Length > NamedTraces ? $"; and {traces.Length - NamedTraces} more" : "");
        return string.Join(" ", new[] { Sentence(title ?? "Plot"), Sentence(axes), Sentence(named) }.Where(sentence => sentence.Length > 0));
    }

    /// <summary>How many points a trace draws: the length of the longest of its coordinates.</summary>
    public static int PointsOf(JsonElement trace) =>
        PlotTable.Coordinates.Max(member => trace.TryGetProperty(member, out var values) && values.ValueKind == JsonValueKind.Array ? values.GetArrayLength() : 0);

    private static string Describe(JsonElement trace)
    {
        var kind = trace.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "scatter";
        var points = TableContent.Count(PointsOf(trace), kind.StartsWith("bar", StringComparison.Ordinal) ? "bar" : "point");
        return TextOf(trace, "name") is { } name ? $"{name}: {points}" : $"{kind}: {points}";
    }

    private static string AxesOf(JsonElement layout, string[] axes)
    {
        var titles = axes.Select(axis => layout.TryGetProperty(axis, out var value) && value.ValueKind == JsonValueKind.Object ? TextOf(value, "title") : null).OfType<string>().ToArray();
        return titles.Length == 0 ? "" : $"Axes: {string.Join(", ", titles)}";
    }

    // A title is text, or an object that holds the text; it may hold simple markup.
    private static string? TextOf(JsonElement owner, string member)
    {
        if (!owner.TryGetProperty(member, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("text", out var inner)) value = inner;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? PlotTable.WithoutMarkup(text) : null;
    }

    private static string Sentence(string text) => text.Length == 0 || text.EndsWith('.') ? text : text + ".";
}
