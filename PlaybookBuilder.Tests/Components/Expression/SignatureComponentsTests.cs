using System.Globalization;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Support.MatrixDocuments;

namespace PlaybookBuilder.Tests.Components.Expression;

public sealed class SignatureComponentsTests
{
    private const string Up = "UpGeneSetFromSignature";
    private const string Down = "DownGeneSetFromSignature";
    private const string Scored = "ScoredGenesFromSignature";

    private const string Small = "g,LogFC,Pval\nlater,1,0.04\nfirst,2,0.0001\ndown,-1,0.02\nnot,3,0.5\nnone,1,NA\nfirst,1,0.03\n,1,0.01\nflat,0,0.01\n";

    [Fact]
    public async Task Upload_OfASignature_ShowsItsStatistics()
    {
        var value = Parse(await SignatureAsync(Small));

        Assert.Equal(["LogFC", "Pval"], Texts(value, "columns"));
        Assert.Equal("[8,2]", value.GetProperty("shape").GetRawText());
        Assert.Equal("""[1,"nan"]""", value.GetProperty("values")[4].GetRawText());
        Assert.Equal(["Rows with the name of an earlier row: 1. All rows are kept."], Texts(value, "notes"));
    }

    [Theory]
    [InlineData(Up, "first later", "Significant up genes from the my signature")]
    [InlineData(Down, "down", "Significant down genes from the my signature")]
    public async Task GeneSet_OfASignature_HasTheSignificantGenesBestFirst(string spec, string genes, string description)
    {
        var set = await ComponentRun.ResolveAsync(spec, null, ("sig", await SignatureAsync(Small, "my signature")));

        Assert.Equal(genes.Split(' '), Documents.MembersOf(set));
        Assert.Equal(description, Parse(set).GetProperty("description").GetString());
    }

    [Fact]
    public async Task Library_OfASignature_HasBothDirections()
    {
        var library = await ComponentRun.ResolveAsync("GMTFromSignature", null, ("sig", await SignatureAsync(Small)));

        Assert.Equal(
            """{"signature Down Genes":{"description":"Significant down genes from the signature","set":["down"]},"signature Up Genes":{"description":"Significant up genes from the signature","set":["first","later"]}}""",
            library);
    }

    [Fact]
    public async Task Library_OfOneDirectionOnly_SaysWhichIsMissing()
    {
        var run = new ComponentRun();

        var library = Parse(await run.RunAsync("GMTFromSignature", null, ("sig", await SignatureAsync("g,LogFC,Pval\nA,1,0.01\n"))));

        Assert.Equal(["signature Up Genes"], library.EnumerateObject().Select(set => set.Name));
        Assert.Equal(["No gene is significantly down-regulated; the library has no such set."], run.Warnings);
    }

    [Fact]
    public async Task ScoredGenes_OfASignature_AreTwoSidedScoresInTheOrderOfTheFile()
    {
        var run = new ComponentRun();

        var scored = await run.RunAsync(Scored, null, ("sig", await SignatureAsync("g,LogFC,Pval\nc,1,0.04\na,-2,0.0001\nzero,-1,0\ntiny,1,1e-300\nflat,0,0\nno,1,0.9\nnan,NA,0.01\n")));

        // scipy 1.15: norm.isf(p / 2) of 0.04, 0.0001, 1e-300
        Assert.Equal(["c", "a", "zero", "tiny", "flat"], Documents.TermsOf(scored));
        var scores = Parse(scored).EnumerateArray().Select(gene => gene.GetProperty("zscore")).ToArray();
        Assert.Equal(2.053749, scores[0].GetDouble(), 6);
        Assert.Equal(-3.890592, scores[1].GetDouble(), 6);
        Assert.Equal("-inf", scores[2].GetString());
        Assert.Equal(37.065788, scores[3].GetDouble(), 3);
        Assert.Equal(0, scores[4].GetDouble());
        Assert.Equal(["With a p-value of 0 and so an infinite score: 1 gene."], run.Warnings);
    }

    [Theory]
    [InlineData(Up)]
    [InlineData(Down)]
    [InlineData(Scored)]
    [InlineData("GMTFromSignature")]
    public async Task Signature_WithoutSignificantGenes_FailsAndNamesTheCutoff(string spec) =>
        Assert.Contains("(Pval < 0.05)", (await FailAsync(spec, "g,LogFC,Pval\nA,1,0.5\nB,-1,0.05\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("g,Pval\nA,0.01\n", "no log2 fold changes")]
    [InlineData("g,LogFC\nA,2\n", "no p-values")]
    public async Task Signature_WithoutAColumn_SaysWhich(string signature, string reason)
    {
        Assert.Contains(reason, (await FailAsync(Up, signature)).Message, StringComparison.Ordinal);
        Assert.Contains(reason, (await FailAsync(Scored, signature)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signature_OfInfiniteFoldChangesAndTies_KeepsTheirOrder() =>
        Assert.Equal(["b", "a", "c"], Documents.MembersOf(await ComponentRun.ResolveAsync(Up, null, ("sig", await SignatureAsync("g,LogFC,Pval\nb,Inf,0.01\na,1,0.01\nd,-Inf,0.01\nc,0.5,0.01\n")))));

    [Fact]
    public async Task Signature_OfAdjustedPValuesOnly_GoesByThem() =>
        Assert.Equal(["ü"], Documents.MembersOf(await ComponentRun.ResolveAsync(Up, null, ("sig", await SignatureAsync("g,LogFC,FDR\nü,1,0.01\nb,-1,0.01\nc,1,0.2\n")))));

    [Fact]
    public async Task Cutoff_OfManyGenes_IsTheOneNearestTo250Each()
    {
        // 300 genes each way below 0.001, 2,000 below 0.01.
        var rows = Enumerable.Range(0, Documents.Large).Select(i => string.Create(CultureInfo.InvariantCulture, $"G{i},{(i % 2 == 0 ? 1 : -1)},{(i < 600 ? 0.0005 : i < 4000 ? 0.005 : 0.5)}\n"));

        var signature = await SignatureAsync("g,LogFC,Pval\n" + string.Concat(rows));

        Assert.Equal(300, Documents.MembersOf(await ComponentRun.ResolveAsync(Up, null, ("sig", signature))).Length);
        Assert.Equal(600, Documents.TermsOf(await ComponentRun.ResolveAsync(Scored, null, ("sig", signature))).Length);
    }

    [Fact]
    public async Task PublishedSignature_OfAgingFromGtex_HasTheKnownNumbersOfGenes()
    {
        var path = SharedData.Find("GTEx_aging_signature_limma.tsv");
        if (path is null) Assert.Skip("The file GTEx_aging_signature_limma.tsv is not there.");
        var signature = await SignatureAsync(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

        Assert.Equal(199, Documents.MembersOf(await ComponentRun.ResolveAsync(Up, null, ("sig", signature))).Length);
        Assert.Equal(301, Documents.MembersOf(await ComponentRun.ResolveAsync(Down, null, ("sig", signature))).Length);
        Assert.Equal(500, Documents.TermsOf(await ComponentRun.ResolveAsync(Scored, null, ("sig", signature))).Length);
    }

    private static async Task<ProcessFailedException> FailAsync(string spec, string signature)
    {
        var value = await SignatureAsync(signature);
        return await Assert.ThrowsAsync<ProcessFailedException>(() => ComponentRun.ResolveAsync(spec, null, ("sig", value)));
    }

    private static Task<string> SignatureAsync(string text, string? description = null) => ComponentRun.ResolveAsync("GeneSigFileUpload", Document("signature.csv", text, description));
}
