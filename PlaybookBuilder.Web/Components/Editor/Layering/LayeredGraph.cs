using System.Collections.Immutable;

namespace PlaybookBuilder.Web.Components.Editor.Layering;

/// <summary>Where a node stands: its layer, top to bottom, and the centre of its place, in units of one node.</summary>
public readonly record struct PlacedNode(int Index, int Layer, double X);

/// <summary>A line from a node to one that takes its output: a point a layer, from the first to the second.</summary>
public sealed record PlacedEdge(int From, int To, ImmutableArray<(double X, int Layer)> Points);

/// <summary>A directed graph without cycles, drawn in layers from top to bottom.</summary>
/// <param name="Width">In nodes; 0 for a graph without nodes.</param>
/// <param name="Layers">How many layers there are.</param>
public sealed record LayeredGraph(ImmutableArray<PlacedNode> Nodes, ImmutableArray<PlacedEdge> Edges, double Width, int Layers);
