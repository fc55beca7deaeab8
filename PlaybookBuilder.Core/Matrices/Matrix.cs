namespace PlaybookBuilder.Core.Matrices;

/// <summary>
/// A dense table of numbers: rows are genes (or other features), columns are samples, as in the files of users. Missing values
/// are NaN. Row labels may repeat (several rows for one gene symbol), column labels may not. Immutable by convention: nobody
/// writes to the array after it was handed over.
/// </summary>
public sealed class Matrix
{
    private readonly double[] _values;
    private readonly Lazy<int> _duplicateRowLabels;

    /// <param name="rowLabels">One label a row.</param>
    /// <param name="columnLabels">One label a column.</param>
    /// <param name="values">The values row by row; the matrix takes the array over.</param>
    /// <param name="scale">What the values are.</param>
    /// <exception cref="ArgumentException">The number of values is not rows x columns.</exception>
    public Matrix(IReadOnlyList<string> rowLabels, IReadOnlyList<string> columnLabels, double[] values, MatrixScale scale)
    {
        if (values.LongLength != (long)rowLabels.Count * columnLabels.Count)
            throw new ArgumentException($"{values.LongLength} values do not fill {rowLabels.Count} rows x {columnLabels.Count} columns.", nameof(values));

        RowLabels = rowLabels;
        ColumnLabels = columnLabels;
        _values = values;
        Scale = scale;
        _duplicateRowLabels = new Lazy<int>(() => rowLabels.Count - rowLabels.Distinct(StringComparer.Ordinal).Count());
    }

    public IReadOnlyList<string> RowLabels { get; }

    public IReadOnlyList<string> ColumnLabels { get; }

    public MatrixScale Scale { get; }

    public int RowCount => RowLabels.Count;

    public int ColumnCount => ColumnLabels.Count;

    /// <summary>All values, row by row.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>How many rows carry a label that an earlier row has already.</summary>
    public int DuplicateRowLabels => _duplicateRowLabels.Value;

    public double this[int row, int column] => Row(row)[column];

    /// <summary>The values of one gene over the samples.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>A copy of the values of one sample over the genes.</summary>
    public double[] Column(int column)
    {
        var result = new double[RowCount];
        for (var row = 0; row < result.Length; row++) result[row] = _values[row * ColumnCount + column];
        return result;
    }

    /// <summary>A matrix of the same shape and labels whose values are the outcome of a transformation.</summary>
    public Matrix Transformed(double[] values, MatrixTransformation transformation) =>
        new(RowLabels, ColumnLabels, values, Scale.Then(transformation));

    /// <summary>A matrix of the given rows, in the given order.</summary>
    public Matrix SelectRows(IReadOnlyList<int> rows)
    {
        var values = new double[rows.Count * ColumnCount];
        var labels = new string[rows.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * ColumnCount));
            labels[i] = RowLabels[rows[i]];
        }
        return new Matrix(labels, ColumnLabels, values, Scale);
    }
}
