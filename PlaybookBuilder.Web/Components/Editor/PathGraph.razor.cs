using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Editor.Layering;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>The path of steps drawn as a graph.</summary>
public sealed partial class PathGraph
{
    private const int BoxWidth = 176;
    private const int BoxHeight = 44;
    private const int ColumnWidth = 196;
    private const int LayerHeight = 76;
    private const int Margin = 12;
    private const int LongestLabel = 20;

    private LayeredGraph _graph = LayeredLayout.Of([]);
    private Playbook? _drawn;

    [Parameter, EditorRequired] public required OpenPlaybook Open { get; set; }

    [Parameter, EditorRequired] public required ImmutableArray<int> Selected { get; set; }

    private double Width => Math.Max(BoxWidth, _graph.Width * ColumnWidth) + (2 * Margin);

    private double Height => (_graph.Layers * LayerHeight) - (LayerHeight - BoxHeight) + (2 * Margin);

    protected override void OnParametersSet()
    {
        if (_drawn == Open.Playbook) return;

        _drawn = Open.Playbook;
        _graph = LayeredLayout.Of([.. Enumerable.Range(0, _drawn.Steps.Length).Select(_drawn.SourcesOf)]);
    }

    private static double Left(PlacedNode node) => Centre(node.X) - (BoxWidth / 2.0);

    private static double Centre(double x) => Margin + (x * ColumnWidth);

    private static double Top(int layer) => Margin + (layer * LayerHeight);

    private static string PathOf(PlacedEdge edge)
    {
        var path = new StringBuilder();
        var (fromX, fromLayer) = edge.Points[0];
        path.Append(CultureInfo.InvariantCulture, $"M{Centre(fromX):0.#} {Top(fromLayer) + BoxHeight:0.#}");
        foreach (var (x, layer) in edge.Points.Skip(1))
        {
            // From the bottom of one layer to the top of the next, then straight past the boxes of that layer.
            var (startX, start, end) = (Centre(fromX), Top(layer - 1) + BoxHeight, Top(layer));
            var middle = (start + end) / 2;
            path.Append(CultureInfo.InvariantCulture, $"C{startX:0.#} {middle:0.#} {Centre(x):0.#} {middle:0.#} {Centre(x):0.#} {end:0.#}");
            if (layer != edge.Points[^1].Layer) path.Append(CultureInfo.InvariantCulture, $"V{end + BoxHeight:0.#}");
            fromX = x;
        }

        return path.ToString();
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Shorten(string label) => label.Length <= LongestLabel ? label : $"{label.AsSpan(0, LongestLabel - 1)}…";
}
