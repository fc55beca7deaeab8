using System.Collections.Immutable;

namespace PlaybookBuilder.Web.Components.Editor.Layering;

/// <summary>
/// Draws a graph in layers: each node below those that it takes from, lines that pass a layer given a place in it, crossings
/// reduced by barycentres and places straightened (the method of Sugiyama, Tagawa and Toda, IEEE Trans. Syst. Man Cybern. 11, 1981).
/// </summary>
public static class LayeredLayout
{
    private const int OrderingSweeps = 8;

    /// <param name="sourcesOf">For each node, those that it takes from; all of them stand before it.</param>
    public static LayeredGraph Of(IReadOnlyList<ImmutableArray<int>> sourcesOf)
    {
        if (sourcesOf.Count == 0) return new LayeredGraph([], [], 0, 0);

        var layerOf = AssignLayers(sourcesOf);
        var (layers, routes) = Route(sourcesOf, layerOf);
        for (var sweep = 0; sweep < OrderingSweeps; sweep++) Order(layers, downwards: sweep % 2 == 0);
        Straightening.Place(layers);
        return Describe(layers, routes, sourcesOf.Count);
    }

    // As far up as possible, but a node without sources stands just above the first that takes it.
    private static int[] AssignLayers(IReadOnlyList<ImmutableArray<int>> sourcesOf)
    {
        var layerOf = new int[sourcesOf.Count];
        var firstTaker = new int[sourcesOf.Count];
        Array.Fill(firstTaker, int.MaxValue);
        for (var i = 0; i < layerOf.Length; i++)
        {
            layerOf[i] = sourcesOf[i].IsEmpty ? 0 : sourcesOf[i].Max(source => layerOf[source]) + 1;
            foreach (var source in sourcesOf[i]) firstTaker[source] = Math.Min(firstTaker[source], layerOf[i]);
        }

        for (var i = 0; i < layerOf.Length; i++)
        {
            if (sourcesOf[i].IsEmpty && firstTaker[i] < int.MaxValue) layerOf[i] = firstTaker[i] - 1;
        }

        return layerOf;
    }

    private static (List<List<Place>> Layers, List<(int From, int To, Place[] Route)> Routes) Route(IReadOnlyList<ImmutableArray<int>> sourcesOf, int[] layerOf)
    {
        List<List<Place>> layers = [.. Enumerable.Range(0, layerOf.Max() + 1).Select(_ => new List<Place>())];
        var nodes = new Place[layerOf.Length];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = Add(layers, layerOf[i], i);

        var routes = new List<(int From, int To, Place[] Route)>();
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var source in sourcesOf[i].Distinct())
            {
                var passing = Enumerable.Range(layerOf[source] + 1, layerOf[i] - layerOf[source] - 1).Select(layer => Add(layers, layer, null));
                Place[] route = [nodes[source], .. passing, nodes[i]];
                for (var k = 1; k < route.Length; k++)
                {
                    route[k].Above.Add(route[k - 1]);
                    route[k - 1].Below.Add(route[k]);
                }

                routes.Add((source, i, route));
            }
        }

        return (layers, routes);
    }

    private static Place Add(List<List<Place>> layers, int layer, int? node)
    {
        var place = new Place(node, layer) { X = layers[layer].Count };
        layers[layer].Add(place);
        return place;
    }

    private static void Order(List<List<Place>> layers, bool downwards)
    {
        foreach (var layer in downwards ? layers : Enumerable.Reverse(layers))
        {
            // OrderBy keeps the order of equals, so that what nothing pulls stays where it was.
            Place[] ordered = [.. layer.OrderBy(place => Pull(downwards ? place.Above : place.Below, place.X))];
            for (var i = 0; i < ordered.Length; i++)
            {
                ordered[i].X = i;
                layer[i] = ordered[i];
            }
        }
    }

    private static double Pull(List<Place> neighbours, double otherwise) => neighbours.Count == 0 ? otherwise : neighbours.Average(place => place.X);

    private static LayeredGraph Describe(List<List<Place>> layers, List<(int From, int To, Place[] Route)> routes, int count)
    {
        var left = layers.Min(layer => layer[0].X);
        var nodes = new PlacedNode[count];
        foreach (var place in layers.SelectMany(layer => layer))
        {
            if (place.Node is { } node) nodes[node] = new PlacedNode(node, place.Layer, place.X - left + 0.5);
        }

        return new LayeredGraph(
            [.. nodes],
            [.. routes.Select(route => new PlacedEdge(route.From, route.To, [.. route.Route.Select(place => (place.X - left + 0.5, place.Layer))]))],
            layers.Max(layer => layer[^1].X) - left + 1,
            layers.Count);
    }
}
