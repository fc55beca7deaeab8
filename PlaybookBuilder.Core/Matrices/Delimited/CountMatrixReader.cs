namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Reads a matrix of numbers, genes x samples, from a text whose cells are separated by commas, tabs or semicolons, packed with gzip
/// or not. Cells without a value are NaN. Genes may repeat (<see cref="Matrix.DuplicateRowLabels"/>), samples may not.
/// </summary>
public static class CountMatrixReader
{
    private const int FirstCapacity = 64 * 1024;

    /// <exception cref="MatrixFormatException">The source is not such a matrix, or too large.</exception>
    public static async Task<Matrix> ReadAsync(Stream source, ReadOptions options, CancellationToken cancellationToken)
    {
        using var text = await TextContent.OpenAsync(source, options, cancellationToken).ConfigureAwait(false);
        var table = await TableReader.OpenAsync(text, options, cancellationToken).ConfigureAwait(false);
        var width = table.Columns.Count;
        var labels = new List<string>();
        var values = new double[Math.Max(FirstCapacity, width)];
        var count = 0;

        while (await table.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if ((long)count + width > options.MaxCells)
                throw new MatrixFormatException($"The matrix has more than {options.MaxCells:N0} values, which is the limit here.") { Row = table.Row };
            labels.Add(table.Label);
            if (values.Length - count < width) Array.Resize(ref values, GrownLength(values.Length, width));
            table.CopyNumbersTo(values.AsSpan(count, width));
            count += width;
        }

        Array.Resize(ref values, count);
        return new Matrix(labels, table.Columns, values, MatrixScale.Of(values));
    }

    private static int GrownLength(int length, int width) => (int)Math.Min(Array.MaxLength, Math.Max(length * 2L, (long)length + width));
}
