using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Matrices.Delimited;

public class SignatureReaderTests
{
    [Theory]
    [InlineData("gene,t,LogFC,Pval,AdjPval")]
    [InlineData("logFC-less,t,logFC,P.Value,adj.P.Val")]
    [InlineData("gene,stat,log2FoldChange,pvalue,padj")]
    [InlineData("gene,t,logFC,PValue,FDR")]
    [InlineData("gene,t,avg_log2FC,p_val,p_val_adj")]
    [InlineData("gene,t,logfoldchanges,pvals,pvals_adj")]
    [InlineData("t,logFC,P.Value,adj.P.Val")]
    public async Task ReadAsync_NamesOfEveryProgram_AreFound(string header)
    {
        var signature = await ReadAsync($"{header}\nTP53,5.5,1.5,1e-10,0.25\n");

        Assert.Equal(["TP53"], signature.Genes);
        Assert.Equal([5.5], signature.T);
        Assert.Equal([1.5], signature.LogFC);
        Assert.Equal([1e-10], signature.Pval);
        Assert.Equal([0.25], signature.AdjPval);
    }

    [Fact]
    public async Task ReadAsync_ColumnsOfTextAndMissingValues_ArePassedOver()
    {
        var signature = await ReadAsync("gene\tbiotype\tlog2FoldChange\tpadj\nA\tcoding\tNA\tNA\nA\tlncRNA\t-2\t0\n");

        Assert.Equal(2, signature.Count);
        Assert.Equal([double.NaN, -2], signature.LogFC);
        Assert.Equal([double.NaN, 0], signature.AdjPval);
        Assert.Null(signature.T);
        Assert.Null(signature.Pval);
    }

    [Theory]
    [InlineData("gene,t,mean\nA,1,2\n", "No column is a log2 fold change (LogFC), a p-value (Pval) or an adjusted p-value (AdjPval). The columns are: t, mean.")]
    [InlineData("gene,pvalue,P.Value\nA,1,1\n", "Both 'pvalue' and 'P.Value' could be the p-value. Rename or remove one of them.")]
    [InlineData("gene,pval\nA,1.5\n", "Row 2 ('A'), column 'pval': 1.5 is not a probability between 0 and 1.")]
    [InlineData("gene,logFC\nA,up\n", "Row 2 ('A'), column 'logFC': 'up' is not a number.")]
    public async Task ReadAsync_NotASignature_SaysWhy(string text, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<MatrixFormatException>(() => ReadAsync(text))).Message);

    [Fact]
    public async Task ReadAsync_PublishedSignature_IsRead()
    {
        await using var source = RealFiles.Open("GTEx_aging_signature_limma.tsv");

        var signature = await SignatureReader.ReadAsync(source, ReadOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(500, signature.Count);
        Assert.Equal("PTCHD4", signature.Genes[0]);
        Assert.Equal(0.008690082756114555, signature.AdjPval![0]);
        Assert.Equal(-2.4408748733034504, signature.T![^1]);
    }

    private static Task<Signature> ReadAsync(string text) => SignatureReader.ReadAsync(TextFiles.Utf8(text), ReadOptions.Default, TestContext.Current.CancellationToken);
}
