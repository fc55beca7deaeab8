using System.Text;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Matrices.Delimited;

public class GmtReaderTests
{
    [Fact]
    public async Task ReadAsync_WeightsBlanksAndRepeats_LeavesDistinctGenes()
    {
        var library = await ReadAsync("Term \"α\"\t\tTP53,1.5\tMYC\t\tTP53\t2,4-D\t\r\nother\thttp://x\tA\n\n");

        Assert.Equal(["Term \"α\"", "other"], library.Terms.Select(term => term.Term));
        Assert.Equal(["TP53", "MYC", "2,4-D"], library.Terms[0].Genes);
        Assert.Equal(["", "http://x"], library.Terms.Select(term => term.Description));
        Assert.Empty(library.MergedTerms);
    }

    [Fact]
    public async Task ReadAsync_RepeatedAndEmptyTerms_AreMergedAndNamed()
    {
        var library = await ReadAsync("a\t\tX\tY\nb\t\nc\td\tZ\na\tlater\tY\tW\na\tlast\tX\n");

        Assert.Equal(["a", "c"], library.Terms.Select(term => term.Term));
        Assert.Equal(["X", "Y", "W"], library.Terms[0].Genes);
        Assert.Equal("later", library.Terms[0].Description);
        Assert.Equal(["a"], library.MergedTerms);
        Assert.Equal(["b"], library.EmptyTerms);
    }

    [Fact]
    public async Task ReadAsync_ManyTerms_AreAllThere()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"term{i}\t\tG{i}\tG{i + 1}\n");

        var library = await GmtReader.ReadAsync(TextFiles.Gzip(text.ToString()), ReadOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(100_000, library.Terms.Count);
        Assert.Equal(["G99999", "G100000"], library.Terms[^1].Genes);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("a\t\tX\nno tabs at all\n", "Line 2 ('no tabs at all') has no tabs; a gene set library (GMT) has a name, a description and genes, separated by tabs.")]
    [InlineData("\td\tX\n", "Line 1 has no name of a set before its first tab.")]
    [InlineData("a\td\t\n", "The file has no set with genes.")]
    public async Task ReadAsync_NotALibrary_SaysWhy(string text, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<MatrixFormatException>(() => ReadAsync(text))).Message);

    [Fact]
    public async Task ReadAsync_PublishedLibrary_IsRead()
    {
        await using var source = RealFiles.Open("Aging_Perturbations_from_GEO_Brain_up.gmt");

        var library = await GmtReader.ReadAsync(source, ReadOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(4, library.Terms.Count);
        Assert.Equal("CDK18", library.Terms[0].Genes[0]);
    }

    private static Task<GeneSetLibrary> ReadAsync(string text) => GmtReader.ReadAsync(TextFiles.Utf8(text), ReadOptions.Default, TestContext.Current.CancellationToken);
}
