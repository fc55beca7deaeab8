using System.Text.Json;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components.Plots;

public sealed class BarPlotsTests
{
    private const string Horizontal = "BarChartFrom[Scored[Gene]]";
    private const string Vertical = "BarplotFrom[Scored[Tissue]]";

    [Fact]
    public async Task HorizontalBarPlot_ManyScores_ShowsTheTenFarthestFromZero()
    {
        var scored = Documents.Scored(Enumerable.Range(1, 12).Select(i => ($"G{i}", (object)(i % 2 == 0 ? -i / 4.0 : i / 4.0))));

        var plot = await DrawAsync(Horizontal, scored);

        Assert.Equal(["G12", "G11", "G10", "G9", "G8", "G7", "G6", "G5", "G4", "G3"], Texts(plot.Trace, "y"));
        Assert.Equal(-3, plot.Trace.GetProperty("x")[0].GetDouble());
        Assert.Equal("Top 10 Scored Genes by Absolute Z-Score", plot.Title);
        Assert.Equal("h", plot.Trace.GetProperty("orientation").GetString());
        Assert.Equal("reversed", plot.Layout.GetProperty("yaxis").GetProperty("autorange").GetString());
    }

    [Fact]
    public async Task HorizontalBarPlot_KnownScores_HaveTheirTwoSidedPValues()
    {
        var plot = await DrawAsync(Horizontal, Documents.Scored(("a", 1.96), ("b", -1.95), ("c", 40), ("d", 6), ("e", 0)));

        // Python 3.11.7: math.erfc(z / math.sqrt(2)) of 40, 6, 1.96, 1.95, 0
        Assert.Equal(["c", "d", "a", "b", "e"], Texts(plot.Trace, "y"));
        Assert.Equal(["p < 1e-300", "p = 2.0e-9", "p = 0.0500", "p = 0.0512", "p = 1.0000"], Texts(plot.Trace, "text"));
        var colours = Texts(plot.Trace.GetProperty("marker"), "color");
        Assert.Equal(colours[0], colours[2]);
        Assert.NotEqual(colours[2], colours[3]);
    }

    [Fact]
    public async Task HorizontalBarPlot_TiesRepeatsAndNonFinite_AreDeterministic()
    {
        var run = new ComponentRun();

        var plot = Parse(await run.RunAsync(Horizontal, null, ("terms", Documents.Scored(("b", 1), ("a", -1), ("n", "nan"), ("b", -3), ("i", "inf"), ("ü", 1)))));

        Assert.Equal(["b", "a", "ü"], Texts(plot.Trace, "y"));
        Assert.Equal(-3, plot.Trace.GetProperty("x")[0].GetDouble());
        Assert.Equal(["2 missing or infinite scores can't be drawn."], run.Warnings);
    }

    [Fact]
    public async Task VerticalBarPlot_FewScores_StandInTheirOrderWithTheHighestEach()
    {
        var plot = await DrawAsync(Vertical, Documents.Scored(("Brain", 1), ("Лёгкое", -2), ("Brain", 3), ("1", 0)));

        Assert.Equal(["Brain", "Лёгкое", "1"], Texts(plot.Trace, "x"));
        Assert.Equal([3, -2, 0], plot.Trace.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
        Assert.Equal("Scored Tissues", plot.Title);
        Assert.Equal("category", plot.Layout.GetProperty("xaxis").GetProperty("type").GetString());
        Assert.Equal("Tissue", plot.Layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString());
        Assert.Equal("Z-score", plot.Layout.GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString());
    }

    [Fact]
    public async Task VerticalBarPlot_Large_IsCutToTheFarthestAndSaysSo()
    {
        var plot = await DrawAsync(Vertical, Documents.Scored(Documents.ManyTerms().Select((term, i) => (term, (object)i))));

        Assert.Equal(Documents.ManyTerms().Skip(Documents.Large - 200), Texts(plot.Trace, "x"));
        Assert.Equal("Scored Tissues: 200 of 100,000, farthest from zero", plot.Title);
    }

    [Fact]
    public async Task HorizontalBarPlot_Large_ShowsTheTenFarthest() =>
        Assert.Equal(Documents.ManyTerms().Reverse().Take(10), Texts((await DrawAsync(Horizontal, Documents.Scored(Documents.ManyTerms().Select((term, i) => (term, (object)i))))).Trace, "y"));

    [Theory]
    [InlineData(Horizontal, "[]", "genes")]
    [InlineData(Horizontal, """[{"term":"a","zscore":"nan"}]""", "genes")]
    [InlineData(Vertical, """[{"term":"a","zscore":"-inf"}]""", "tissues")]
    public async Task BarPlots_NothingFinite_Fail(string spec, string scored, string noun)
    {
        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync(spec, null, ("terms", scored)));

        Assert.Equal($"None of the {noun} has a finite score, so there is nothing to draw.", failure.Message);
    }

    [Fact]
    public async Task HorizontalBarPlot_OneScore_IsDrawn() =>
        Assert.Equal(["a"], Texts((await DrawAsync(Horizontal, Documents.Scored(("a", 0.5)))).Trace, "y"));

    private static async Task<Plot> DrawAsync(string spec, string scored) => Parse(await ComponentRun.ResolveAsync(spec, null, ("terms", scored)));

    private static Plot Parse(string json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        return new(root.GetProperty("data")[0], root.GetProperty("layout"));
    }

    private static string[] Texts(JsonElement element, string member) => [.. element.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];

    private sealed record Plot(JsonElement Trace, JsonElement Layout)
    {
        public string Title => Layout.GetProperty("title").GetProperty("text").GetString()!;
    }
}
