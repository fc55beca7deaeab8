using System.Globalization;
using System.Text;
using System.Text.Json;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Plots;

public sealed class VolcanoPlotTests
{
    [Fact]
    public async Task Volcano_OfASignature_SortsGenesByTheThresholds()
    {
        var figure = await DrawAsync("g,LogFC,Pval,AdjPval\nup,1.6,0.001,0.01\ndown,-2,0.04,0.2\nsmall,1.5,0.001,0.01\nunsure,3,0.05,0.3\n");

        var traces = figure.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal(["Not significant (2)", "Up (1)", "Down (1)"], traces.Take(3).Select(trace => trace.GetProperty("name").GetString()));
        Assert.Equal(["3"], Texts(traces[1], "y"));
        Assert.Equal(["<b>down</b><br>log2FC -2.00<br>p 4E-2<br>adjusted p 2E-1"], Texts(traces[2], "text"));
        Assert.Equal(["up", "down"], Texts(traces[3], "text"));
        Assert.All(traces, trace => Assert.Equal("scatter", trace.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Volcano_WithPOfZero_StandsAtTheUpperEdge()
    {
        var run = new ComponentRun();

        var figure = Parse(await RunAsync(run, "g,LogFC,Pval\nzero,2,0\nlow,2,1e-100\nnone,NA,0.1\n"));

        var up = figure.GetProperty("data")[1];
        Assert.Equal(["105", "100"], Texts(up, "y"));
        Assert.Equal(["triangle-up", "circle"], Texts(up.GetProperty("marker"), "symbol"));
        Assert.Equal(["Not drawn, without a finite fold change or a p-value: 1 of 3 genes.", "At the upper edge, with a p-value of 0: 1 of 2 genes."], run.Warnings);
    }

    [Fact]
    public async Task Volcano_OfOneGeneOfPOne_IsDrawn() =>
        Assert.Equal(["0"], Texts((await DrawAsync("g,LogFC,Pval\nA,0,1\n")).GetProperty("data")[0], "y"));

    [Fact]
    public async Task Volcano_Large_DrawsNoMoreThanCanBeSeen()
    {
        var random = new Random(1);
        var text = new StringBuilder("g,LogFC,Pval\n");
        for (var gene = 0; gene < Documents.Large; gene++) text.Append(CultureInfo.InvariantCulture, $"γ{gene},{random.NextDouble() * 8 - 4:F4},{Math.Pow(10, -6 * random.NextDouble() * random.NextDouble()):E3}\n");

        var figure = await DrawAsync(text.ToString());

        var traces = figure.GetProperty("data").EnumerateArray().ToArray();
        Assert.InRange(traces.Sum(trace => trace.GetProperty("x").GetArrayLength()), 5_000, 45_000);
        Assert.Equal(10, traces[3].GetProperty("x").GetArrayLength());
        Assert.Equal("100,000 genes", figure.GetProperty("layout").GetProperty("title").GetProperty("subtitle").GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("g,Pval\nA,0.1\n", "no log2 fold changes")]
    [InlineData("g,LogFC,AdjPval\nA,1,0.1\n", "not adjusted")]
    [InlineData("g,LogFC,Pval\nA,,0.1\nB,1,\n", "nothing to draw")]
    public async Task Volcano_WithoutWhatItNeeds_SaysWhat(string signature, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ProcessFailedException>(() => DrawAsync(signature))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Volcano_OfANameWithMarks_IsEscaped()
    {
        var traces = (await DrawAsync("g,LogFC,Pval\nA<i>&,2,0.01\n")).GetProperty("data");

        Assert.StartsWith("<b>A&lt;i>&amp;</b>", Texts(traces[1], "text")[0], StringComparison.Ordinal);
        Assert.Equal(["A&lt;i>&amp;"], Texts(traces[3], "text"));
    }

    private static async Task<JsonElement> DrawAsync(string signature) => Parse(await RunAsync(new ComponentRun(), signature));

    private static async Task<string> RunAsync(ComponentRun run, string signature) =>
        await run.RunAsync("VolcanoPlot", null, ("sig", await ComponentRun.ResolveAsync("GeneSigFileUpload", Document("signature.csv", signature))));
}
