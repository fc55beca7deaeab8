using System.Collections.Immutable;
using PlaybookBuilder.Web.Components.Editor.Layering;

namespace PlaybookBuilder.Tests.Components.Editor.Layering;

public sealed class LayeredLayoutTests
{
    [Fact]
    public void Of_NoNodes_IsEmpty()
    {
        var graph = LayeredLayout.Of([]);

        Assert.Empty(graph.Nodes);
        Assert.Equal(0, graph.Layers);
        Assert.Equal(0, graph.Width);
    }

    [Fact]
    public void Of_OneNode_StandsInTheMiddleOfOneLayer()
    {
        var graph = LayeredLayout.Of([[]]);

        Assert.Equal(new PlacedNode(0, 0, 0.5), Assert.Single(graph.Nodes));
        Assert.Equal(1, graph.Width);
    }

    [Fact]
    public void Of_Chain_IsOneStraightColumn()
    {
        var graph = LayeredLayout.Of([[], [0], [1], [2]]);

        Assert.Equal([0, 1, 2, 3], graph.Nodes.Select(node => node.Layer));
        Assert.All(graph.Nodes, node => Assert.Equal(0.5, node.X, 6));
    }

    [Fact]
    public void Of_Fork_PutsTheForkOverTheMiddleOfItsBranches()
    {
        var graph = LayeredLayout.Of([[], [0], [0]]);

        Assert.Equal(1, graph.Nodes[0].X, 6);
        Assert.Equal([0.5, 1.5], graph.Nodes.Skip(1).Select(node => Math.Round(node.X, 6)).Order());
    }

    [Fact]
    public void Of_LateInput_StandsJustAboveTheStepThatTakesIt()
    {
        // 0 -> 1 -> 2, which also takes the input 3
        var graph = LayeredLayout.Of([[], [0], [], [1, 2]]);

        Assert.Equal(1, graph.Nodes[2].Layer);
        Assert.Equal(2, graph.Nodes[3].Layer);
    }

    [Fact]
    public void Of_LineThatPassesALayer_HasAPlaceOfItsOwnThere()
    {
        // 0 -> 1 -> 2, and 0 -> 2 past 1
        var graph = LayeredLayout.Of([[], [0], [1, 0]]);

        var passing = graph.Edges.Single(edge => edge is { From: 0, To: 2 });
        Assert.Equal([0, 1, 2], passing.Points.Select(point => point.Layer));
        Assert.True(Math.Abs(passing.Points[1].X - graph.Nodes[1].X) >= 1 - 1e-6);
    }

    [Fact]
    public void Of_CrossedBranches_AreUncrossed()
    {
        // Two chains whose second steps come in the other order.
        var graph = LayeredLayout.Of([[], [], [1], [0]]);

        Assert.Equal(graph.Nodes[0].X < graph.Nodes[1].X, graph.Nodes[3].X < graph.Nodes[2].X);
    }

    [Fact]
    public void Of_SameSourceTwice_DrawsOneLine() => Assert.Single(LayeredLayout.Of([[], [0, 0]]).Edges);

    [Fact]
    public void Of_TwoHundredSteps_OverlapsNothingAndPointsDown()
    {
        var random = new Random(7);
        ImmutableArray<int>[] sources = [.. Enumerable.Range(0, 200).Select(i => i == 0 ? ImmutableArray<int>.Empty : [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => random.Next(Math.Max(0, i - 12), i)).Distinct()])];

        var graph = LayeredLayout.Of(sources);

        Assert.All(graph.Nodes.GroupBy(node => node.Layer), layer => Assert.All(
            layer.OrderBy(node => node.X).Zip(layer.OrderBy(node => node.X).Skip(1)),
            pair => Assert.True(pair.Second.X - pair.First.X >= 1 - 1e-6)));
        Assert.All(graph.Edges, edge => Assert.True(graph.Nodes[edge.From].Layer < graph.Nodes[edge.To].Layer));
        Assert.All(graph.Nodes, node => Assert.InRange(node.X, 0.5 - 1e-6, graph.Width));
    }

    [Fact]
    public void Spread_CloserThanTheGap_KeepsOrderAndMiddle() => Assert.Equal([-0.5, 0.5], Straightening.Spread([0, 0]));

    [Fact]
    public void Spread_FarApart_MovesNothing() => Assert.Equal([0, 5, 9], Straightening.Spread([0, 5, 9]));
}
