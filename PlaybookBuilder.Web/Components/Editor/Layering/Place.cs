namespace PlaybookBuilder.Web.Components.Editor.Layering;

/// <summary>A place within a layer: a node, or a line that passes.</summary>
internal sealed class Place(int? node, int layer)
{
    public int? Node => node;

    public int Layer => layer;

    public double X { get; set; }

    public List<Place> Above { get; } = [];

    public List<Place> Below { get; } = [];
}
