using System.Text;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Tests.Matrices.Delimited;

public class DelimitedWriterTests
{
    [Fact]
    public async Task WriteAsync_Matrix_QuotesWhatNeedsIt()
    {
        var matrix = new Matrix(["β,1", "say \"x\""], ["s1", "s 2"], [1, double.NaN, -0.1, 1e300], MatrixScale.Counts);

        Assert.Equal(",s1,s 2\n\"β,1\",1,\n\"say \"\"x\"\"\",-0.1,1E+300\n", await WrittenAsync(target => DelimitedWriter.WriteAsync(matrix, target, ',', TestContext.Current.CancellationToken)));
        Assert.StartsWith("\ts1\ts 2\nβ,1\t1\t\n", await WrittenAsync(target => DelimitedWriter.WriteAsync(matrix, target, '\t', TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_Annotations_WritesALineALabel()
    {
        var annotations = new Annotations(["s1", "s2"], [new AnnotationColumn("a,b", ["", "line\nbreak"])]);

        Assert.Equal(",\"a,b\"\ns1,\ns2,\"line\nbreak\"\n", await WrittenAsync(target => DelimitedWriter.WriteAsync(annotations, target, ',', TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task WriteAsync_ManyRowsOfOddNumbers_ReadBackTheSame()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 40_000).Select(i => i % 3 == 0 ? random.Next(-5, 100_000) : random.NextDouble() * Math.Pow(10, random.Next(-300, 300))).ToArray();
        values[0] = -0.0;
        var matrix = new Matrix([.. Enumerable.Range(0, 20_000).Select(i => $"gene {i}")], ["a", "b"], values, MatrixScale.AsGiven);
        var target = new MemoryStream();

        await DelimitedWriter.WriteAsync(matrix, target, ',', TestContext.Current.CancellationToken);
        target.Position = 0;
        var again = await CountMatrixReader.ReadAsync(target, ReadOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(matrix.RowLabels, again.RowLabels);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), again.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    private static async Task<string> WrittenAsync(Func<Stream, Task> write)
    {
        var target = new MemoryStream();
        await write(target);
        return Encoding.UTF8.GetString(target.ToArray());
    }
}
