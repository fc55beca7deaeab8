using System.Text.Json;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Plots;

public sealed class LibrarySizesTests
{
    [Fact]
    public async Task LibrarySizes_OfCounts_AreTheSumsOfTheSamples()
    {
        var figure = await DrawAsync(Counts);

        var trace = figure.GetProperty("data")[0];
        Assert.Equal(["s1", "s2", "s3", "s4"], Texts(trace, "y"));
        Assert.Equal(["65", "71", "113", "101"], Texts(trace, "x"));
        Assert.Equal("h", trace.GetProperty("orientation").GetString());
        Assert.Equal("Library Size", AxisTitle(figure));
    }

    [Fact]
    public async Task LibrarySizes_OfAnnotatedCounts_AreTheSame()
    {
        var figure = Parse(await ComponentRun.ResolveAsync("VisualizeLibrarySizesFromAnnData", null, ("anndata", await AnnotatedAsync())));

        Assert.Equal(["65", "71", "113", "101"], Texts(figure.GetProperty("data")[0], "x"));
    }

    [Fact]
    public async Task LibrarySizes_OfMoreSamplesThanThePreviewShows_AreAllThere()
    {
        var figure = await DrawAsync(ManyGenes(genes: 3, samples: 500));

        Assert.Equal(500, figure.GetProperty("data")[0].GetProperty("x").GetArrayLength());
        Assert.Equal(2000, figure.GetProperty("layout").GetProperty("height").GetInt32());
    }

    [Fact]
    public async Task LibrarySizes_OfLogarithms_AreCalledSums()
    {
        var run = new ComponentRun();
        var logarithms = await ComponentRun.ResolveAsync("LogNormalizeGeneCountMatrix", null, ("matrix", await CountsAsync()));

        var figure = Parse(await run.RunAsync("VisualizeLibrarySizes", null, ("matrix", logarithms)));

        Assert.Equal("Sum of the values (counts, log2(x+1) transformed)", AxisTitle(figure));
        Assert.Single(run.Warnings);
    }

    [Fact]
    public async Task LibrarySizes_WithMissingAndInfiniteValues_LeaveThemOutAndSaySo()
    {
        var run = new ComponentRun();

        var figure = Parse(await run.RunAsync("VisualizeLibrarySizes", null, ("matrix", await CountsAsync("g,ü,1\nA,1,NA\nB,2,3\nC,Inf,1\n"))));

        Assert.Equal(["3", "4"], Texts(figure.GetProperty("data")[0], "x"));
        Assert.Equal("category", figure.GetProperty("layout").GetProperty("yaxis").GetProperty("type").GetString());
        Assert.Equal(["Missing or infinite values, not in the sums: 2."], run.Warnings);
    }

    [Fact]
    public async Task LibrarySizes_Large_AreSummed() =>
        Assert.Equal(4, (await DrawAsync(ManyGenes())).GetProperty("data")[0].GetProperty("x").GetArrayLength());

    private static async Task<JsonElement> DrawAsync(string counts) => Parse(await ComponentRun.ResolveAsync("VisualizeLibrarySizes", null, ("matrix", await CountsAsync(counts))));

    private static string AxisTitle(JsonElement figure) => figure.GetProperty("layout").GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString()!;
}
