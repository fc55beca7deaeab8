using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Matrices.Delimited;

public class AnnotationsReaderTests
{
    [Fact]
    public async Task ReadAsync_EmptyCornerAndQuotes_KeepsTheCells()
    {
        var table = await ReadAsync(TextFiles.Utf8("\tcondition\tnote\r\ns1\tContrôle\t\"a\tb\"\r\ns2\tNA\t\r\n"));

        Assert.Equal(["s1", "s2"], table.Index);
        Assert.Equal(["Contrôle", "NA"], table.Find("condition")!.Values);
        Assert.Equal(["a\tb", ""], table.Find("note")!.Values);
    }

    [Fact]
    public async Task ReadAsync_OneRow_IsATable() => Assert.Equal(["x"], (await ReadAsync(TextFiles.Gzip("id;c\ns1;x"))).Find("c")!.Values);

    [Theory]
    [InlineData("id,c\ns1,a\ns2,b\ns1,c\n", "The sample 's1' stands twice (rows 2 and 4).")]
    [InlineData("id,c\n", "The file has a header, but no rows.")]
    [InlineData("id,c,c\ns1,a,b\n", "The column name 'c' stands twice in the header (columns 2 and 3).")]
    public async Task ReadAsync_NotATable_SaysWhy(string text, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<MatrixFormatException>(() => ReadAsync(TextFiles.Utf8(text)))).Message);

    [Theory]
    [InlineData("airway_metadata.csv", 8, "dex")]
    [InlineData("pwb_example_metadata.tsv", 6, "condition")]
    public async Task ReadAsync_PublishedMetadata_IsRead(string file, int samples, string column)
    {
        await using var source = RealFiles.Open(file);

        var table = await ReadAsync(source);

        Assert.Equal(samples, table.Index.Count);
        Assert.Equal(2, table.Find(column)!.Values.Distinct().Count());
    }

    private static Task<Annotations> ReadAsync(Stream source) => AnnotationsReader.ReadAsync(source, ReadOptions.Default, TestContext.Current.CancellationToken);
}
