using System.Text;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Matrices.Delimited;

public class CountMatrixReaderTests
{
    [Theory]
    [InlineData("gene,s1,s2\nA,1,2\nB,3.5,4e2\n")]
    [InlineData("gene\ts1\ts2\nA\t1\t2\nB\t3.5\t4e2")]
    [InlineData("gene;s1;s2\nA;1;2\nB;3.5;4e2\n")]
    [InlineData("gene,s1,s2\r\nA,1,2\r\nB,3.5,4e2\r\n\r\n\r\n")]
    [InlineData("\uFEFFgene,s1,s2\nA,1,2\nB,3.5,4e2\n,,\n")]
    [InlineData(",s1,s2\nA,1,2\nB, 3.5 ,+400\n")]
    [InlineData("s1,s2\nA,1,2\nB,3.5,400.0\n")]
    [InlineData("\"gene\",\"s1\",\"s2\"\r\n\"A\",\"1\",2\r\n\"B\",3.5,\"400\"")]
    [InlineData("\n\ngene,s1,s2\nA,1,2\n\nB,3.5,400\n")]
    public async Task ReadAsync_EveryDialect_GivesTheSameMatrix(string text)
    {
        var matrix = await ReadAsync(TextFiles.Utf8(text));

        Assert.Equal(["A", "B"], matrix.RowLabels);
        Assert.Equal(["s1", "s2"], matrix.ColumnLabels);
        Assert.Equal([1, 2, 3.5, 400], matrix.Values.ToArray());
        Assert.True(matrix.Scale.IsCounts);
    }

    [Fact]
    public async Task ReadAsync_Gzip_IsFoundByItsBytes()
    {
        var matrix = await ReadAsync(TextFiles.Gzip("gene,s1\nA,1\n"));

        Assert.Equal(1, matrix[0, 0]);
    }

    [Fact]
    public async Task ReadAsync_GzipCutOff_SaysSo()
    {
        var whole = TextFiles.Gzip("gene,s1\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"G{i},{i}\n"))).ToArray();

        await RefusesAsync(new MemoryStream(whole[..^200]), "The file begins like a gzip archive, but can't be unpacked: it is damaged or cut off.");
    }

    [Fact]
    public async Task ReadAsync_NonAsciiAndQuotedLabels_AreKept()
    {
        var matrix = await ReadAsync(TextFiles.Utf8("gène,\"Probe, größe\",\"6\"\" plate\"\nβ-Actin,1,2\n\"line\nbreak\",3,4\n"));

        Assert.Equal(["Probe, größe", "6\" plate"], matrix.ColumnLabels);
        Assert.Equal(["β-Actin", "line\nbreak"], matrix.RowLabels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("nan")]
    [InlineData("N/A")]
    [InlineData("null")]
    public async Task ReadAsync_MissingValue_IsNaN(string missing)
    {
        var matrix = await ReadAsync(TextFiles.Utf8($"g,s1,s2\nA,1,{missing}\n"));

        Assert.Equal([1, double.NaN], matrix.Values.ToArray());
    }

    [Fact]
    public async Task ReadAsync_RepeatedGenes_KeepsAndCountsThem()
    {
        var matrix = await ReadAsync(TextFiles.Utf8("g,s1\nA,1\nA,2\nA,3\n"));

        Assert.Equal(3, matrix.RowCount);
        Assert.Equal(2, matrix.DuplicateRowLabels);
    }

    [Fact]
    public async Task ReadAsync_NegativeValue_IsNotCalledCounts() =>
        Assert.Equal(MatrixScale.AsGiven, (await ReadAsync(TextFiles.Utf8("g,s1\nA,-1.5\n"))).Scale);

    [Theory]
    [InlineData("gene,S1,S3\nTP53,1,abc\n", "Row 2 ('TP53'), column 'S3': 'abc' is not a number.")]
    [InlineData("gene;S1\nTP53;1,5\n", "Row 2 ('TP53'), column 'S1': '1,5' is not a number (decimals are written with a point, thousands without a mark).")]
    [InlineData("gene,S1\n\nA,1\nB,1 2\n", "Row 4 ('B'), column 'S1': '1 2' is not a number.")]
    [InlineData("g,s1,s2\nA,1,2\nB,1\n", "Row 3 ('B') has 2 cells where 3 are expected.")]
    [InlineData("g,s1,s2\nA,1,2,3,4\n", "The header has 3 cells, but the first row after it has 5.")]
    [InlineData("g,s1,s2,s1\nA,1,2,3\n", "The column name 's1' stands twice in the header (columns 2 and 4).")]
    [InlineData("g,s1,\nA,1,\n", "The header has no name for column 3 (a delimiter too many at the end of the line?).")]
    [InlineData("", "The file is empty.")]
    [InlineData("\n\r\n\n", "The file has no text.")]
    [InlineData("g,s1,s2\n", "The file has a header, but no rows.")]
    [InlineData("gene\nA\n", "The file has only one column. Its cells should be separated by commas, tabs or semicolons.")]
    [InlineData("g,s1\n\"A,1\n", "Row 2: a quoted cell is never closed.")]
    [InlineData("g,s1\n\"A\"x,1\n", "Row 2: there is text between the closing quote of a cell and the next delimiter.")]
    [InlineData("g,s1\nA,1\n\0\u0001", "This is not a text file.")]
    [InlineData("PK\u0003\u0004rest", "This is an Excel workbook or a zip archive, not a text file. Save the sheet as CSV or TSV.")]
    public async Task ReadAsync_NotAMatrix_SaysWhereAndWhy(string text, string message) => await RefusesAsync(TextFiles.Utf8(text), message);

    [Fact]
    public async Task ReadAsync_OtherEncodings_AreNamed()
    {
        await RefusesAsync(new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("g,s1\nA,1\n")]), "The text is written in UTF-16. Save it as UTF-8.");
        await RefusesAsync(new MemoryStream(Encoding.Latin1.GetBytes("g,s1\nGröße,1\n")), "Row 2: the text 'Größe' is not in UTF-8. Save the file as UTF-8.");
        await RefusesAsync(new MemoryStream([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A]), "This is an HDF5 file (such as .h5ad), not a text file.");
    }

    [Fact]
    public async Task ReadAsync_NotANumber_NamesRowAndColumn()
    {
        var error = await Assert.ThrowsAsync<MatrixFormatException>(() => ReadAsync(TextFiles.Utf8("gene,S1\nA,1\nB,x\n")));

        Assert.Equal(3, error.Row);
        Assert.Equal("S1", error.Column);
    }

    [Fact]
    public async Task ReadAsync_OverALimit_IsRefused()
    {
        const string text = "g,s1,s2\nA,1,2\nB,3,4\n";

        await RefusesAsync(TextFiles.Utf8(text), "The matrix has more than 3 values, which is the limit here.", new ReadOptions { MaxCells = 3 });
        await RefusesAsync(TextFiles.Utf8(text), "The file is larger than 10 bytes of text, which is the limit here.", new ReadOptions { MaxBytes = 10 });
        Assert.Equal(4, (await ReadAsync(TextFiles.Utf8(text), new ReadOptions { MaxCells = 4, MaxBytes = text.Length })).Values.Length);
    }

    [Fact]
    public void MaxCells_MoreThanAnArrayHolds_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOptions { MaxCells = long.MaxValue });

    [Fact]
    public async Task ReadAsync_SmallArchiveOfMuchText_IsRefusedByTheSizeOfTheText() =>
        await RefusesAsync(TextFiles.Gzip("g,s1\n" + new string('\n', 3_000_000)), "The file is larger than 1,000,000 bytes of text, which is the limit here.", new ReadOptions { MaxBytes = 1_000_000 });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task ReadAsync_SourceThatTrickles_GivesTheSameMatrix(int portion)
    {
        var text = Encoding.UTF8.GetBytes("gene,\"s\"\"1\"\r\n\"A\",1\r\n\"B\r\nC\",2\r\n");

        var matrix = await ReadAsync(new TricklingStream(text, portion));

        Assert.Equal(["s\"1"], matrix.ColumnLabels);
        Assert.Equal(["A", "B\r\nC"], matrix.RowLabels);
        Assert.Equal([1, 2], matrix.Values.ToArray());
    }

    [Fact]
    public async Task ReadAsync_RowsOverManyBuffers_AreWhole()
    {
        const int rows = 100_000;
        var text = new StringBuilder("gene,s1,\"s 2\"\r\n");
        for (var i = 0; i < rows; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"gène \"\"{i}\"\"\",{i},{i}.25\r\n");

        var matrix = await ReadAsync(TextFiles.Utf8(text.ToString()));

        Assert.Equal(rows, matrix.RowCount);
        Assert.Equal(0, matrix.DuplicateRowLabels);
        for (var i = 0; i < rows; i++)
        {
            Assert.Equal($"gène \"{i}\"", matrix.RowLabels[i]);
            Assert.Equal(i, matrix[i, 0]);
            Assert.Equal(i + 0.25, matrix[i, 1]);
        }
    }

    [Fact]
    public async Task ReadAsync_OneRowLongerThanTheBuffer_IsWhole()
    {
        const int samples = 100_000;
        var text = "gene," + string.Join(',', Enumerable.Range(0, samples).Select(i => $"sample{i}")) + "\nA," + string.Join(',', Enumerable.Range(0, samples)) + "\n";

        var matrix = await ReadAsync(TextFiles.Utf8(text));

        Assert.Equal(samples, matrix.ColumnCount);
        Assert.Equal("sample99999", matrix.ColumnLabels[^1]);
        Assert.Equal(99999, matrix[0, samples - 1]);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CountMatrixReader.ReadAsync(TextFiles.Utf8("g,s\nA,1\n"), ReadOptions.Default, source.Token));
    }

    [Fact]
    public async Task ReadAsync_WithProgress_ReportsTheBytesOfTheSource()
    {
        var reported = new List<long>();
        var source = TextFiles.Gzip("gene,s1\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"G{i},{i}\n")));

        await ReadAsync(source, new ReadOptions { BytesRead = new Recorder(reported) });

        Assert.Equal(source.Length, reported[^1]);
        Assert.Equal(reported.Order(), reported);
    }

    [Fact]
    public async Task ReadAsync_AirwayCounts_HasItsShapeAndSums()
    {
        await using var source = RealFiles.Open("airway_rawcounts.csv");

        var matrix = await ReadAsync(source);

        Assert.Equal((64102, 8), (matrix.RowCount, matrix.ColumnCount));
        Assert.Equal([679, 448, 873, 408, 1138, 1047, 770, 572], matrix.Row(0).ToArray());
        Assert.Equal(0, matrix.DuplicateRowLabels);
    }

    [Fact]
    public async Task ReadAsync_ExampleCounts_HasItsShape()
    {
        await using var source = RealFiles.Open("pwb_example_counts.tsv");

        var matrix = await ReadAsync(source);

        Assert.Equal((35238, 6), (matrix.RowCount, matrix.ColumnCount));
        Assert.Equal("A1BG", matrix.RowLabels[0]);
    }

    private static Task<Matrix> ReadAsync(Stream source, ReadOptions? options = null) =>
        CountMatrixReader.ReadAsync(source, options ?? ReadOptions.Default, TestContext.Current.CancellationToken);

    private static async Task RefusesAsync(Stream source, string message, ReadOptions? options = null) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<MatrixFormatException>(() => ReadAsync(source, options))).Message);

    private sealed class Recorder(List<long> reported) : IProgress<long>
    {
        public void Report(long value) => reported.Add(value);
    }
}
