using System.Text.Json;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Plots;

/// <summary>A figure of plotly.js, kept as the JSON that it draws.</summary>
/// <param name="Data">The list of traces.</param>
/// <param name="Layout">Title, axes and the rest around the traces.</param>
/// <param name="Frames">The list of the frames of an animation, where it is one.</param>
public sealed record PlotlyPlot(JsonElement Data, JsonElement Layout, JsonElement? Frames = null) : IData, IChecked
{
    public static DataDescription Description { get; } = new("PlotlyPlot", "Plotly Plot", "An interactive figure drawn by plotly.js")
    {
        Type = "Plot",
        Example = Of([new { type = "bar", x = new[] { "Control", "Perturbation" }, y = new[] { 2, 3 } }], new { title = new { text = "Example" } }),
    };

    /// <summary>Makes a figure of objects whose members are plotly.js's own.</summary>
    public static PlotlyPlot Of(IReadOnlyList<object> traces, object layout) => new(JsonSerializer.SerializeToElement(traces), JsonSerializer.SerializeToElement(layout));

    public IEnumerable<(string Path, string Problem)> Check()
    {
        if (Data.ValueKind != JsonValueKind.Array) yield return ("$.data", "expected a list of traces");
        if (Layout.ValueKind != JsonValueKind.Object) yield return ("$.layout", "expected an object");
        if (Frames is { ValueKind: not JsonValueKind.Array }) yield return ("$.frames", "expected a list of frames");
    }
}
