using PureHDF;
using PureHDF.VOL.Native;

namespace PlaybookBuilder.Core.Matrices.Hdf;

/// <summary>
/// The matrix X of an AnnData file, samples x genes, turned into values genes x samples. Dense, or sparse by rows (CSR) or columns (CSC).
/// </summary>
internal static class HdfMatrix
{
    public static H5Dataset Dataset(Matrix matrix)
    {
        var (genes, samples) = (matrix.RowCount, matrix.ColumnCount);
        var values = matrix.Values;
        var turned = new double[values.Length];
        Turn(values, turned, genes, samples);
        return HdfEncoding.Array(new H5Dataset(turned, fileDims: [(ulong)samples, (ulong)genes]));
    }

    public static double[] Read(IH5Group root, int samples, int genes, ReadOptions options)
    {
        if ((long)samples * genes > options.MaxCells)
            throw new MatrixFormatException($"The matrix has {(long)samples * genes:N0} values; the limit here is {options.MaxCells:N0}.");
        if (!root.LinkExists("X")) throw new MatrixFormatException("The file has no matrix X.");

        return root.Get("X") switch
        {
            IH5Dataset dense => ReadDense(dense, samples, genes),
            IH5Group sparse => ReadSparse(sparse, samples, genes),
            _ => throw new MatrixFormatException("X is neither a matrix nor a sparse matrix."),
        };
    }

    private static double[] ReadDense(IH5Dataset dataset, int samples, int genes)
    {
        var shape = dataset.Space.Dimensions;
        if (shape.Length != 2) throw new MatrixFormatException($"X has {shape.Length} dimensions instead of two.");
        Check(shape, samples, genes);

        var values = HdfValues.Doubles(dataset);
        var turned = new double[values.Length];
        Turn(values, turned, samples, genes);
        return turned;
    }

    private static void Turn(ReadOnlySpan<double> from, Span<double> to, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            var line = from.Slice(row * columns, columns);
            for (var column = 0; column < columns; column++) to[column * rows + row] = line[column];
        }
    }

    private static double[] ReadSparse(IH5Group group, int samples, int genes)
    {
        var type = HdfValues.Attribute(group, HdfEncoding.TypeAttribute);
        if (type is not ("csr_matrix" or "csc_matrix")) throw new MatrixFormatException($"X is written in a way that is not known here ({type ?? "a group"}).");
        Check(Array.ConvertAll(group.Attribute("shape").Read<long[]>(), length => (ulong)length), samples, genes);

        var values = HdfValues.Doubles(group.Dataset("data"));
        var indices = HdfValues.Integers(group.Dataset("indices"));
        var starts = HdfValues.Integers(group.Dataset("indptr"));
        var (lines, width) = type == "csr_matrix" ? (samples, genes) : (genes, samples);
        if (starts.Length != lines + 1 || starts[^1] != values.Length || indices.Length != values.Length) throw new MatrixFormatException("The parts of the sparse matrix X do not fit together.");

        var dense = new double[samples * genes];
        for (var line = 0; line < lines; line++)
        {
            for (var i = starts[line]; i < starts[line + 1]; i++)
            {
                var other = indices[i];
                if (other < 0 || other >= width) throw new MatrixFormatException("The sparse matrix X has an index outside of its shape.");
                dense[type == "csr_matrix" ? other * samples + line : line * (long)samples + other] += values[i];
            }
        }
        return dense;
    }

    private static void Check(ulong[] shape, int samples, int genes)
    {
        if (shape is not [var rows, var columns] || rows != (ulong)samples || columns != (ulong)genes)
            throw new MatrixFormatException($"X is {string.Join(" x ", shape)}, but the file names {samples} samples and {genes} genes.");
    }
}
