using System.Numerics;
using System.Runtime.InteropServices;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>Products of the columns, or of the rows, of a table with one another.</summary>
/// <remarks>
/// Summed up in square tiles, a slice of the table at a time that is first copied to the order of its use, so that sums stay in registers and a slice in the
/// processor's cache; after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM Transactions on Mathematical Software 34(3), 12 (2008),
/// https://doi.org/10.1145/1356052.1356053.
/// </remarks>
internal static class SymmetricProducts
{
    // How many terms of the sums are in a slice.
    private const int Depth = 192;

    // Two registers wide and four sums high: eight sums are under way at once.
    private const int Height = 4;
    private static readonly int Width = 2 * Vector<double>.Count;

    /// <summary>C'C: the sums over all rows.</summary>
    public static SymmetricMatrix OfColumns(double[][] rows, int columns, CancellationToken cancellationToken) =>
        Sum(columns, rows.Length, (tile, first, packed) =>
        {
            var start = tile * Width;
            var length = Math.Min(Width, columns - start);
            for (var term = 0; term < packed.Length / Width; term++) rows[first + term].AsSpan(start, length).CopyTo(packed[(term * Width)..]);
        }, cancellationToken);

    /// <summary>CC': the sums over all columns.</summary>
    public static SymmetricMatrix OfRows(double[][] rows, CancellationToken cancellationToken) =>
        Sum(rows.Length, rows[0].Length, (tile, first, packed) =>
        {
            var length = Math.Min(Width, rows.Length - (tile * Width));
            for (var i = 0; i < length; i++)
            {
                var row = rows[(tile * Width) + i].AsSpan(first);
                for (var term = 0; term < packed.Length / Width; term++) packed[(term * Width) + i] = row[term];
            }
        }, cancellationToken);

    /// <summary>Copies a slice of one tile's columns, term by term; what stands beyond the last column is of no account.</summary>
    private delegate void Packing(int tile, int firstTerm, Span<double> packed);

    private static SymmetricMatrix Sum(int size, int terms, Packing pack, CancellationToken cancellationToken)
    {
        var sums = new double[size * size];
        var tiles = (size + Width - 1) / Width;
        var packed = new double[tiles * Width * Math.Min(Depth, terms)];
        var tileSums = new double[Width * Width];
        for (var first = 0; first < terms; first += Depth)
        {
            var length = Width * Math.Min(Depth, terms - first);
            for (var tile = 0; tile < tiles; tile++) pack(tile, first, packed.AsSpan(tile * length, length));
            for (var above = 0; above < tiles; above++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var beside = above; beside < tiles; beside++)
                {
                    for (var i = 0; i < Width; i += Height) SumTile(packed.AsSpan(above * length, length)[i..], packed.AsSpan(beside * length, length), tileSums.AsSpan(i * Width, Height * Width));
                    Add(tileSums, sums, size, above * Width, beside * Width);
                }
            }
        }
        Mirror(sums, size);
        return new SymmetricMatrix(size, sums);
    }

    /// <summary>The products of four columns of one tile with all of another, summed over a slice.</summary>
    private static void SumTile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> sums)
    {
        var rights = MemoryMarshal.Cast<double, Vector<double>>(right);
        Vector<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        var width = Width;
        for (int term = 0, place = 0; term + 1 < rights.Length; term += 2, place += width)
        {
            var (first, second) = (rights[term], rights[term + 1]);
            var four = left.Slice(place, Height);
            var a = new Vector<double>(four[0]);
            a0 = Vector.MultiplyAddEstimate(a, first, a0);
            a1 = Vector.MultiplyAddEstimate(a, second, a1);
            var b = new Vector<double>(four[1]);
            b0 = Vector.MultiplyAddEstimate(b, first, b0);
            b1 = Vector.MultiplyAddEstimate(b, second, b1);
            var c = new Vector<double>(four[2]);
            c0 = Vector.MultiplyAddEstimate(c, first, c0);
            c1 = Vector.MultiplyAddEstimate(c, second, c1);
            var d = new Vector<double>(four[3]);
            d0 = Vector.MultiplyAddEstimate(d, first, d0);
            d1 = Vector.MultiplyAddEstimate(d, second, d1);
        }
        var target = MemoryMarshal.Cast<double, Vector<double>>(sums);
        (target[0], target[1], target[2], target[3]) = (a0, a1, b0, b1);
        (target[4], target[5], target[6], target[7]) = (c0, c1, d0, d1);
    }

    private static void Add(double[] tile, double[] sums, int size, int top, int left)
    {
        var length = Math.Min(Width, size - left);
        for (var i = 0; i < Math.Min(Width, size - top); i++) SymmetricMatrix.AddScaled(1, tile.AsSpan(i * Width, length), sums.AsSpan(((top + i) * size) + left, length));
    }

    private static void Mirror(double[] sums, int size)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = i + 1; j < size; j++) sums[(j * size) + i] = sums[(i * size) + j];
        }
    }
}
