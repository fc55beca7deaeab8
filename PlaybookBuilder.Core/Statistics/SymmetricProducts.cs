using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>Products of the columns, or of the rows, of a table with one another.</summary>
internal static class SymmetricProducts
{
    private const int RowsBetweenChecks = 1024;

    /// <summary>C'C, summed up row by row: one pass over the rows, however many.</summary>
    public static Matrix<double> OfColumns(double[][] rows, int columns, CancellationToken cancellationToken)
    {
        var sums = new double[columns * columns];
        for (var row = 0; row < rows.Length; row++)
        {
            if (row % RowsBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> values = rows[row];
            for (var i = 0; i < columns; i++)
            {
                if (values[i] != 0) AddScaled(values[i], values[i..], sums.AsSpan(i * columns + i, columns - i));
            }
        }
        return Symmetric(sums, columns);
    }

    /// <summary>CC'.</summary>
    public static Matrix<double> OfRows(double[][] rows, CancellationToken cancellationToken)
    {
        var sums = new double[rows.Length * rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var j = i; j < rows.Length; j++) sums[i * rows.Length + j] = Dot(rows[i], rows[j]);
        }
        return Symmetric(sums, rows.Length);
    }

    private static Matrix<double> Symmetric(double[] upper, int size) =>
        Matrix<double>.Build.Dense(size, size, (i, j) => upper[Math.Min(i, j) * size + Math.Max(i, j)]);

    private static void AddScaled(double factor, ReadOnlySpan<double> values, Span<double> sums)
    {
        var vectors = MemoryMarshal.Cast<double, System.Numerics.Vector<double>>(values);
        var sumVectors = MemoryMarshal.Cast<double, System.Numerics.Vector<double>>(sums);
        for (var i = 0; i < vectors.Length; i++) sumVectors[i] += vectors[i] * factor;
        for (var i = vectors.Length * System.Numerics.Vector<double>.Count; i < values.Length; i++) sums[i] += values[i] * factor;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0d;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
