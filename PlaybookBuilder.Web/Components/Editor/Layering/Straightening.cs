namespace PlaybookBuilder.Web.Components.Editor.Layering;

/// <summary>Moves the places of each layer towards what they are connected with, and never closer to each other than one node.</summary>
internal static class Straightening
{
    private const int Sweeps = 12;
    private const double Gap = 1;

    public static void Place(List<List<Place>> layers)
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var downwards = sweep % 2 == 0;
            foreach (var layer in downwards ? layers : Enumerable.Reverse(layers)) Settle(layer, downwards);
        }
    }

    private static void Settle(List<Place> layer, bool downwards)
    {
        var wanted = layer.Select(place => Wanted(place, downwards)).ToArray();
        var settled = Spread(wanted);
        for (var i = 0; i < settled.Length; i++) layer[i].X = settled[i];
    }

    private static double Wanted(Place place, bool downwards)
    {
        var neighbours = downwards ? place.Above : place.Below;
        return neighbours.Count == 0 ? place.X : neighbours.Average(neighbour => neighbour.X);
    }

    /// <summary>
    /// The positions nearest to the wanted ones, by least squares, that keep the order and the gap: with the gaps taken out this is
    /// isotonic regression, which pooling adjacent violators solves.
    /// </summary>
    internal static double[] Spread(double[] wanted)
    {
        var pools = new List<(double Sum, int Count)>();
        for (var i = 0; i < wanted.Length; i++)
        {
            pools.Add((wanted[i] - (i * Gap), 1));
            while (pools.Count > 1 && Mean(pools[^1]) < Mean(pools[^2]))
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }

        var positions = pools.SelectMany(pool => Enumerable.Repeat(Mean(pool), pool.Count)).ToArray();
        for (var i = 0; i < positions.Length; i++) positions[i] += i * Gap;
        return positions;
    }

    private static double Mean((double Sum, int Count) pool) => pool.Sum / pool.Count;
}
