using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Normalization;

public sealed class NormalizationComponentsTests
{
    private const string Log2 = "LogNormalizeGeneCountMatrix";
    private const string ZScore = "ZScoreNormalizeGeneCountMatrix";
    private const string Quantile = "QuantileNormalizeGeneCountMatrix";

    [Fact]
    public async Task Log2_OfCounts_IsLog2OfOneMore()
    {
        var value = Parse(await NormalizeAsync(Log2, "g,s1,s2\nA,0,1\nü,3,NA\n"));

        Assert.Equal("""[[0,1],[2,"nan"]]""", value.GetProperty("values").GetRawText());
        Assert.Equal(["counts", "log2"], Texts(value, "scale"));
        Assert.Equal("counts-log2.h5ad", value.GetProperty("filename").GetString());
    }

    [Fact]
    public async Task Log2_OfLogarithms_IsRefused()
    {
        var once = await NormalizeAsync(Log2, Counts);

        Assert.Contains("logarithms already", (await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync(Log2, null, ("matrix", once)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log2_OfValuesBelowZero_NamesOne() =>
        Assert.Contains("'B' in 's2' is -1", (await Assert.ThrowsAsync<ProcessFailedException>(() => NormalizeAsync(Log2, "g,s1,s2\nA,0,1\nB,3,-1\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ZScore_OfCounts_LeavesOutConstantAndIncompleteGenes()
    {
        var value = Parse(await NormalizeAsync(ZScore, "g,s1,s2\nA,1,3\nB,2,2\nC,1,\nA,5,4\n"));

        Assert.Equal("[[-1,1],[1,-1]]", value.GetProperty("values").GetRawText());
        Assert.Equal(["A", "A"], Texts(value, "index"));
        Assert.Equal(["Left out because a value is missing: 1 gene.", "Left out because all samples have the same value: 1 gene."], Texts(value, "notes"));
    }

    [Fact]
    public async Task ZScore_OfOneSample_FailsBecauseNothingRemains() =>
        Assert.StartsWith("No gene remains.", (await Assert.ThrowsAsync<ProcessFailedException>(() => NormalizeAsync(ZScore, "g,s1\nA,1\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Quantile_OfThePublishedExample_GivesItsNumbers()
    {
        var value = Parse(await NormalizeAsync(Quantile, "g,C1,C2,C3\nA,5,4,3\nB,2,1,4\nC,3,4,6\nD,4,2,8\n"));

        // The check that comes with the Python package qnorm.
        double[][] expected = [[5.666667, 5.166667, 2], [2, 2, 3], [3, 5.166667, 4.666667], [4.666667, 3, 5.666667]];
        var rows = value.GetProperty("values").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => Math.Round(cell.GetDouble(), 6)));
        Assert.Equal(expected, rows);
    }

    [Theory]
    [InlineData(Log2)]
    [InlineData(ZScore)]
    [InlineData(Quantile)]
    public async Task Normalization_Large_KeepsNamesAndNotesTheScale(string spec)
    {
        var value = Parse(await NormalizeAsync(spec, ManyGenes()));

        Assert.Equal("γ0", Texts(value, "index")[0]);
        Assert.Equal(100_000, value.GetProperty("shape")[0].GetInt32());
        Assert.Equal(2, Texts(value, "scale").Length);
    }

    [Fact]
    public async Task Normalization_OfLabelledSamples_KeepsTheLabels()
    {
        var annotated = Parse(await AnnotatedAsync());
        var counts = await ComponentRun.ResolveAsync("GeneCountMatrixFileUpload", $$"""{"url":"{{annotated.GetProperty("url").GetString()}}","filename":"a.h5ad"}""");
        var normalized = Parse(await ComponentRun.ResolveAsync(Quantile, null, ("matrix", counts)));

        var again = await ComponentRun.ResolveAsync("AnnDataFromFile", null, ("file", $$"""{"url":"{{normalized.GetProperty("url").GetString()}}","filename":"a.h5ad"}"""));
        var figure = Parse(await ComponentRun.ResolveAsync("PCAGraphWithMetadata2D", null, ("anndata", again)));

        Assert.Equal(["untreated", "treated"], figure.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("name").GetString()));
        Assert.Contains("quantile", figure.GetProperty("layout").GetProperty("title").GetProperty("subtitle").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> NormalizeAsync(string spec, string counts) => await ComponentRun.ResolveAsync(spec, null, ("matrix", await CountsAsync(counts)));
}
