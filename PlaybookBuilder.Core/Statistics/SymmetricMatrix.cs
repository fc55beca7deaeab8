using System.Numerics;
using System.Runtime.InteropServices;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>A dense symmetric matrix.</summary>
/// <param name="size">The number of rows, and of columns.</param>
/// <param name="values">All values row by row, those below the diagonal too.</param>
internal sealed class SymmetricMatrix(int size, double[] values)
{
    public int Size { get; } = size;

    /// <summary>All values; row by row and column by column are the same.</summary>
    public double[] Values { get; } = values;

    public double Trace => Enumerable.Range(0, Size).Sum(i => Values[(i * Size) + i]);

    /// <summary>The product with each of several vectors, in one pass over the matrix.</summary>
    public double[][] Times(IReadOnlyList<double[]> vectors)
    {
        double[][] products = [.. vectors.Select(_ => new double[Size])];
        for (var i = 0; i < Size; i++)
        {
            var row = Values.AsSpan(i * Size, Size);
            for (var vector = 0; vector < vectors.Count; vector++) products[vector][i] = Dot(row, vectors[vector]);
        }
        return products;
    }

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var lefts = MemoryMarshal.Cast<double, Vector<double>>(left);
        var rights = MemoryMarshal.Cast<double, Vector<double>>(right)[..lefts.Length];
        // Two sums, so that an addition need not wait for the one before.
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 1 < lefts.Length; i += 2)
        {
            even += lefts[i] * rights[i];
            odd += lefts[i + 1] * rights[i + 1];
        }
        if (i < lefts.Length) even += lefts[i] * rights[i];

        var sum = Vector.Sum(even + odd);
        for (var rest = lefts.Length * Vector<double>.Count; rest < left.Length; rest++) sum += left[rest] * right[rest];
        return sum;
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> vector, Span<double> target)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var targets = MemoryMarshal.Cast<double, Vector<double>>(target)[..vectors.Length];
        for (var i = 0; i < vectors.Length; i++) targets[i] += vectors[i] * factor;
        for (var i = vectors.Length * Vector<double>.Count; i < vector.Length; i++) target[i] += vector[i] * factor;
    }
}
