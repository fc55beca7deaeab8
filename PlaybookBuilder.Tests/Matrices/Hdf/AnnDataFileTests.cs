using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Hdf;
using PlaybookBuilder.Tests.Support;
using PureHDF;

namespace PlaybookBuilder.Tests.Matrices.Hdf;

public class AnnDataFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ThenRead_GivesTheSame()
    {
        var scale = MatrixScale.Counts.Then(MatrixTransformation.Log2).Then(MatrixTransformation.Quantile);
        var matrix = new Matrix(["TP53", "β-ä", "TP53"], ["s1", "ü"], [1, 2.5, double.NaN, -4, 0, 1e300], scale);
        var samples = new Annotations(matrix.ColumnLabels, [new AnnotationColumn("Type: Control or Perturbation", ["Control", "Control"]), new AnnotationColumn("âge", ["12", ""]), new AnnotationColumn("a/b", ["x", "y"])]);
        var genes = new Annotations(matrix.RowLabels, [new AnnotationColumn("biotype", ["coding", "", "coding"])]);

        var again = await RoundTripAsync(new AnnData(matrix, samples, genes));

        Assert.Equal(matrix.RowLabels, again.Matrix.RowLabels);
        Assert.Equal(matrix.ColumnLabels, again.Matrix.ColumnLabels);
        Assert.Equal(matrix.Values.ToArray(), again.Matrix.Values.ToArray());
        Assert.Equal(scale, again.Matrix.Scale);
        AssertSame(samples, again.Samples);
        AssertSame(genes, again.Genes);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(100_000, 2)]
    public async Task Write_ThenRead_KeepsEveryShape(int genes, int samples)
    {
        var values = Enumerable.Range(0, genes * samples).Select(i => (double)i).ToArray();
        var matrix = new Matrix([.. Enumerable.Range(0, genes).Select(i => $"gene {i}")], [.. Enumerable.Range(0, samples).Select(i => $"s{i}")], values, MatrixScale.Counts);
        var annotations = new Annotations(matrix.ColumnLabels, [new AnnotationColumn("many", [.. Enumerable.Range(0, samples).Select(i => i == 0 ? "" : $"value {i}")])]);

        var again = await RoundTripAsync(new AnnData(matrix, annotations));

        Assert.Equal(matrix.RowLabels, again.Matrix.RowLabels);
        Assert.Equal(values, again.Matrix.Values.ToArray());
        AssertSame(annotations, again.Samples);
    }

    [Fact]
    public async Task Write_Always_MarksElementsAsAnndataDoes()
    {
        var matrix = new Matrix(["g"], ["s1", "s2"], [1, 2], MatrixScale.Counts);
        var file = new MemoryStream();
        await AnnDataWriter.WriteAsync(new AnnData(matrix, new Annotations(matrix.ColumnLabels, [new AnnotationColumn("c", ["b", "b"])])), file, Cancellation);

        file.Position = 0;
        using var root = H5File.Open(file);

        Assert.Equal("anndata", root.Attribute("encoding-type").Read<string>());
        Assert.Equal([2UL, 1UL], root.Dataset("X").Space.Dimensions);
        Assert.Equal("dataframe", root.Group("obs").Attribute("encoding-type").Read<string>());
        Assert.Equal("categorical", root.Group("obs/c").Attribute("encoding-type").Read<string>());
        Assert.Equal(H5DataTypeClass.Enumerated, root.Group("obs/c").Attribute("ordered").Type.Class);
        Assert.Equal(["counts"], root.Dataset("uns/playbook_builder/scale").Read<string[]>());
    }

    // Samples x genes: 7 0 / 9 8.
    [Theory]
    [InlineData("csr_matrix", new[] { 0, 0, 1 }, new[] { 0, 1, 3 })]
    [InlineData("csc_matrix", new[] { 0, 1, 1 }, new[] { 0, 2, 3 })]
    public async Task Read_SparseMatrix_IsFilledUp(string type, int[] indices, int[] starts)
    {
        var again = await ReadAsync(Foreign(Sparse(type, [7, 9, 8], indices, starts)));

        Assert.Equal([7, 9, 0, 8], again.Matrix.Values.ToArray());
    }

    [Fact]
    public async Task Read_SparseMatrixWithWrongParts_IsRefused()
    {
        Assert.Equal("The sparse matrix X has an index outside of its shape.", await RefusalAsync(Foreign(Sparse("csr_matrix", [1f], [5], [0, 1, 1]))));
        Assert.Equal("The parts of the sparse matrix X do not fit together.", await RefusalAsync(Foreign(Sparse("csr_matrix", [1f], [0], [0, 1]))));
    }

    [Fact]
    public async Task Read_ColumnsOfOtherTypes_BecomeText()
    {
        var file = Foreign(new H5Dataset(new short[] { 1, 2, 3, -4 }, fileDims: [2, 2]));
        var obs = (H5Group)file["obs"];
        obs.Attributes["column-order"] = new[] { "age", "n", "kind", "maybe" };
        obs["age"] = new[] { 1.5, double.NaN };
        obs["n"] = new[] { 3L, -4L };
        obs["kind"] = new H5Group { ["codes"] = new sbyte[] { 1, -1 }, ["categories"] = new[] { "a", "b" } };
        obs["maybe"] = new H5Group { ["values"] = new[] { 7, 8 }, ["mask"] = new byte[] { 0, 1 } };

        var read = await ReadAsync(file);

        Assert.Equal([["1.5", ""], ["3", "-4"], ["b", ""], ["7", ""]], read.Samples.Columns.Select(column => column.Values.ToArray()).ToArray());
        Assert.Equal([1, 3, 2, -4], read.Matrix.Values.ToArray());
        Assert.Equal(MatrixScale.AsGiven, read.Matrix.Scale);
    }

    [Fact]
    public async Task Read_LogarithmsOfScanpy_AreNotCalledCounts()
    {
        var file = Foreign(new H5Dataset(new float[] { 1, 2, 3, 4 }, fileDims: [2, 2]));
        Assert.Equal(MatrixScale.Counts, (await ReadAsync(file)).Matrix.Scale);

        file["uns"] = new H5Group { ["log1p"] = new H5Group() };

        Assert.Equal(MatrixScale.AsGiven, (await ReadAsync(file)).Matrix.Scale);
    }

    [Fact]
    public async Task Read_OtherShapeThanNames_IsRefused()
    {
        Assert.Equal("X is 1 x 2, but the file names 2 samples and 2 genes.", await RefusalAsync(Foreign(new H5Dataset(new float[] { 1, 2 }, fileDims: [1, 2]))));
        Assert.Equal("X has 1 dimensions instead of two.", await RefusalAsync(Foreign(new H5Dataset(new float[] { 1, 2 }))));
    }

    [Fact]
    public async Task Read_RepeatedSample_IsRefused()
    {
        var file = Foreign(new H5Dataset(new float[] { 1, 2, 3, 4 }, fileDims: [2, 2]));
        ((H5Group)file["obs"])["cell"] = new[] { "s1", "s1" };

        Assert.Equal("The sample 's1' stands more than once in obs.", await RefusalAsync(file));
    }

    [Fact]
    public async Task Read_OverTheLimit_IsRefused()
    {
        var file = new MemoryStream();
        await AnnDataWriter.WriteAsync(new AnnData(new Matrix(["g"], ["s1", "s2"], [1, 2], MatrixScale.Counts)), file, Cancellation);

        var error = await Assert.ThrowsAsync<MatrixFormatException>(() => AnnDataReader.ReadAsync(file, new ReadOptions { MaxCells = 1 }, Cancellation));

        Assert.Equal("The matrix has 2 values; the limit here is 1.", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(2000)]
    public async Task Read_CutOffFile_IsRefused(int length)
    {
        var file = new MemoryStream();
        await AnnDataWriter.WriteAsync(new AnnData(new Matrix(["g"], ["s1", "s2"], [1, 2], MatrixScale.Counts)), file, Cancellation);

        var error = await Assert.ThrowsAsync<MatrixFormatException>(() => AnnDataReader.ReadAsync(new MemoryStream(file.ToArray()[..length]), ReadOptions.Default, Cancellation));

        Assert.Equal("The file can't be read as AnnData (.h5ad): it is of another kind, or damaged.", error.Message);
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public async Task Read_SourceThatCannotSeek_IsReadToo()
    {
        var file = new MemoryStream();
        await AnnDataWriter.WriteAsync(new AnnData(new Matrix(["g"], ["s1", "s2"], [1, 2], MatrixScale.Counts)), file, Cancellation);

        var again = await AnnDataReader.ReadAsync(new TricklingStream(file.ToArray(), 1000), ReadOptions.Default, Cancellation);

        Assert.Equal([1, 2], again.Matrix.Values.ToArray());
        await Assert.ThrowsAsync<MatrixFormatException>(() => AnnDataReader.ReadAsync(new TricklingStream(file.ToArray(), 1000), new ReadOptions { MaxBytes = 1500 }, Cancellation));
    }

    [Fact]
    public async Task Read_PublishedFile_HasItsShapeAndLabels()
    {
        await using var source = RealFiles.Open("pwb_example.h5ad");

        var data = await AnnDataReader.ReadAsync(source, ReadOptions.Default, Cancellation);

        Assert.Equal((35238, 6), (data.Matrix.RowCount, data.Matrix.ColumnCount));
        Assert.Equal("A1CF", data.Matrix.RowLabels[1]);
        Assert.Equal(["control", "control", "control", "perturbation", "perturbation", "perturbation"], data.Samples.Find("condition")!.Values);
        Assert.True(data.Matrix.Scale.IsCounts);
    }

    private static H5File Foreign(object matrix) => new()
    {
        ["X"] = matrix,
        ["obs"] = new H5Group { ["cell"] = new[] { "s1", "s2" }, Attributes = new() { ["_index"] = "cell" } },
        ["var"] = new H5Group { ["_index"] = new[] { "g1", "g2" }, Attributes = new() { ["_index"] = "_index", ["column-order"] = Array.Empty<double>() } },
    };

    private static H5Group Sparse(string type, float[] data, int[] indices, int[] starts) => new()
    {
        ["data"] = data,
        ["indices"] = indices,
        ["indptr"] = starts,
        Attributes = new() { ["encoding-type"] = type, ["shape"] = new[] { 2L, 2L } },
    };

    private static async Task<AnnData> ReadAsync(H5File file)
    {
        var stream = new MemoryStream();
        file.Write(stream);
        return await AnnDataReader.ReadAsync(new MemoryStream(stream.ToArray()), ReadOptions.Default, Cancellation);
    }

    private static async Task<string> RefusalAsync(H5File file) => (await Assert.ThrowsAsync<MatrixFormatException>(() => ReadAsync(file))).Message;

    private static async Task<AnnData> RoundTripAsync(AnnData data)
    {
        var file = new MemoryStream();
        await AnnDataWriter.WriteAsync(data, file, Cancellation);
        return await AnnDataReader.ReadAsync(file, ReadOptions.Default, Cancellation);
    }

    private static void AssertSame(Annotations expected, Annotations actual)
    {
        Assert.Equal(expected.Index, actual.Index);
        Assert.Equal(expected.Columns.Select(column => column.Name), actual.Columns.Select(column => column.Name));
        Assert.All(expected.Columns, column => Assert.Equal(column.Values, actual.Find(column.Name)!.Values));
    }
}
