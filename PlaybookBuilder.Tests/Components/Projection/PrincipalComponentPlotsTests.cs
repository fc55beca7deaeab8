using System.Text.Json;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Projection;

public sealed class PrincipalComponentPlotsTests
{
    private const string Flat = "PCAGraphWithoutMetadata2D";

    [Theory]
    [InlineData(Flat, "scatter")]
    [InlineData("PCAGraphWithoutMetadata", "scatter3d")]
    public async Task Plot_OfACountMatrix_ShowsEverySampleOnce(string spec, string type)
    {
        var figure = await DrawAsync(spec, Counts);

        var trace = Assert.Single(figure.GetProperty("data").EnumerateArray());
        Assert.Equal(type, trace.GetProperty("type").GetString());
        Assert.Equal(["s1", "s2", "s3", "s4"], Texts(trace, "text"));
        Assert.Equal(4, trace.GetProperty("x").GetArrayLength());
        Assert.Equal(type == "scatter3d", trace.TryGetProperty("z", out _));
        Assert.False(figure.GetProperty("layout").GetProperty("showlegend").GetBoolean());
        Assert.Equal("4 genes, log2(x+1) of counts, centred", Subtitle(figure));
    }

    [Fact]
    public async Task Plot_OfCounts_IsThatOfTheirLogarithms()
    {
        var logarithms = await ComponentRun.ResolveAsync("LogNormalizeGeneCountMatrix", null, ("matrix", await CountsAsync()));

        var ofCounts = await DrawAsync(Flat, Counts);
        var ofLogarithms = Parse(await ComponentRun.ResolveAsync(Flat, null, ("matrix", logarithms)));

        Assert.Equal(ofCounts.GetProperty("data")[0].GetProperty("x").GetRawText(), ofLogarithms.GetProperty("data")[0].GetProperty("x").GetRawText());
        Assert.Equal("4 genes, counts, log2(x+1) transformed, centred", Subtitle(ofLogarithms));
    }

    [Fact]
    public async Task Plot_OfTwoGenesByHand_HasTheirScores()
    {
        // log2(x+1) is 0 and 2 for both genes: one direction, at distance sqrt(2) on both sides of the mean.
        var figure = await DrawAsync(Flat, "g,s1,s2\nA,0,3\nB,0,3\n");

        var trace = figure.GetProperty("data")[0];
        Assert.Equal([1.414214, -1.414214], trace.GetProperty("x").EnumerateArray().Select(x => Math.Round(x.GetDouble(), 6)));
        Assert.Equal([0.0, 0.0], trace.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
        Assert.Equal("PC1 (100.0% of the variance)", AxisTitle(figure, "xaxis"));
        Assert.Equal("PC2 (0.0% of the variance)", AxisTitle(figure, "yaxis"));
    }

    [Fact]
    public async Task Plot_OfAnAnnotatedMatrix_TellsTheGroupsApartByColourAndSymbol()
    {
        var figure = Parse(await ComponentRun.ResolveAsync("PCAGraphWithMetadata2D", null, ("anndata", await AnnotatedAsync(metadata: "sample,type\ns3,b\ns1,a\ns4,b\n"))));

        var traces = figure.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal(["a", "b", "neither"], traces.Select(trace => trace.GetProperty("name").GetString()));
        Assert.Equal([["s1"], ["s3", "s4"], ["s2"]], traces.Select(trace => Texts(trace, "text")));
        Assert.Distinct(traces.Select(trace => trace.GetProperty("marker").GetProperty("color").GetString()));
        Assert.Distinct(traces.Select(trace => trace.GetProperty("marker").GetProperty("symbol").GetString()));
        Assert.Equal("type", figure.GetProperty("layout").GetProperty("legend").GetProperty("title").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Plot_InThreeDimensions_HasThreeAxes()
    {
        var figure = Parse(await ComponentRun.ResolveAsync("PCAGraphWithMetadata", null, ("anndata", await AnnotatedAsync())));

        var scene = figure.GetProperty("layout").GetProperty("scene");
        Assert.StartsWith("PC3 (", scene.GetProperty("zaxis").GetProperty("title").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All(figure.GetProperty("data").EnumerateArray(), trace => Assert.Equal(2, trace.GetProperty("z").GetArrayLength()));
    }

    [Theory]
    [InlineData("sample,n\ns1,1\ns2,2\ns3,3\ns4,4\n", "exactly two values")]
    [InlineData("sample,n\ns1,1\ns2,1\ns3,1\ns4,1\n", "exactly two values")]
    public async Task Plot_WithoutTwoGroups_SaysHowToGetThem(string metadata, string reason)
    {
        var annotated = await AnnotatedAsync(metadata: metadata);

        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync("PCAGraphWithMetadata2D", null, ("anndata", annotated)));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Label the samples", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plot_OfOneSample_Fails() =>
        Assert.Contains("only one sample", (await Assert.ThrowsAsync<ProcessFailedException>(() => DrawAsync(Flat, "g,s1\nA,1\nB,2\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Plot_OfEqualSamples_ExplainsNothing()
    {
        var figure = await DrawAsync(Flat, "g,s1,s2,s3\nA,1,1,1\nB,2,2,2\n");

        Assert.Equal("PC1 (0.0% of the variance)", AxisTitle(figure, "xaxis"));
        Assert.All(figure.GetProperty("data")[0].GetProperty("x").EnumerateArray(), x => Assert.Equal(0, x.GetDouble()));
    }

    [Fact]
    public async Task Plot_WithMissingValues_LeavesThoseGenesOutAndSaysSo()
    {
        var run = new ComponentRun();

        var figure = Parse(await run.RunAsync(Flat, null, ("matrix", await CountsAsync("g,s1,s2\nA,1,2\nB,,4\nC,3,9\n"))));

        Assert.Contains("Left out because a value is missing: 1 gene.", run.Warnings);
        Assert.StartsWith("2 genes, ", Subtitle(figure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plot_WithMissingValuesEverywhere_Fails() =>
        Assert.Contains("No gene has a value in every sample", (await Assert.ThrowsAsync<ProcessFailedException>(() => DrawAsync(Flat, "g,s1,s2\nA,1,\nB,,4\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Plot_OfValuesBelowZero_TakesThemAsTheyAre() =>
        Assert.Equal("2 genes, values as given, centred", Subtitle(await DrawAsync(Flat, "g,s1,s2\nA,-1,2\nB,3,4\n")));

    [Fact]
    public async Task Plot_Large_IsDrawn() => Assert.StartsWith("100,000 genes", Subtitle(await DrawAsync(Flat, ManyGenes())), StringComparison.Ordinal);

    private static async Task<JsonElement> DrawAsync(string spec, string counts) => Parse(await ComponentRun.ResolveAsync(spec, null, ("matrix", await CountsAsync(counts))));

    private static string Subtitle(JsonElement figure) => figure.GetProperty("layout").GetProperty("title").GetProperty("subtitle").GetProperty("text").GetString()!;

    private static string AxisTitle(JsonElement figure, string axis) => figure.GetProperty("layout").GetProperty(axis).GetProperty("title").GetProperty("text").GetString()!;
}
