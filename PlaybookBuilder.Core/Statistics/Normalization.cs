using System.Globalization;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>Makes the values of samples or genes comparable. Each method notes itself in the scale of its result.</summary>
public static class Normalization
{
    /// <summary>log2(x + 1) of every value; missing values stay missing. Loses no gene.</summary>
    /// <exception cref="MatrixValueException">A value is negative: then it is no count, most often because it is a logarithm already.</exception>
    public static Matrix Log2(Matrix matrix)
    {
        var values = matrix.Values;
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            if (values[i] < 0) throw Negative(matrix, i);
            result[i] = Math.Log2(values[i] + 1);
        }
        return matrix.Transformed(result, MatrixTransformation.Log2);
    }

    /// <summary>
    /// The z-score of every gene over the samples: (x - mean) / standard deviation, with the standard deviation of the
    /// population (ddof 0, as <c>scipy.stats.zscore</c> has it). Genes with a missing value and genes that are the same in all samples have no z-score
    /// and are dropped; with one sample that is every gene.
    /// </summary>
    public static NormalizedMatrix ZScore(Matrix matrix)
    {
        var complete = CompleteRows(matrix);
        var varying = complete.Where(row => matrix.Row(row).ContainsAnyExcept(matrix.Row(row)[0])).ToArray();
        var kept = matrix.SelectRows(varying);
        var result = new double[kept.Values.Length];
        for (var row = 0; row < kept.RowCount; row++) Standardize(kept.Row(row), result.AsSpan(row * kept.ColumnCount, kept.ColumnCount));
        return new NormalizedMatrix(kept.Transformed(result, MatrixTransformation.ZScore), matrix.RowCount - complete.Length, complete.Length - varying.Length);
    }

    /// <summary>
    /// Quantile normalization: the k-th smallest value of each sample becomes the mean of the k-th smallest values of all samples. After Bolstad,
    /// Irizarry, Astrand and Speed, "A comparison of normalization methods for high density oligonucleotide array data based on variance and bias",
    /// Bioinformatics 19(2), 185-193 (2003), https://doi.org/10.1093/bioinformatics/19.2.185. Values that are tied within a sample get the mean of
    /// the quantiles that they share (as in the Python package qnorm; limma's <c>normalizeQuantiles</c> takes the quantile at the mean rank
    /// instead). Genes with a missing value are dropped. One sample stays as it is.
    /// </summary>
    public static NormalizedMatrix Quantile(Matrix matrix)
    {
        var complete = CompleteRows(matrix);
        var kept = complete.Length == matrix.RowCount ? matrix : matrix.SelectRows(complete);
        var (genes, samples) = (kept.RowCount, kept.ColumnCount);
        var sorted = new double[samples][];
        var order = new int[samples][];
        var quantiles = new double[genes];
        for (var sample = 0; sample < samples; sample++)
        {
            sorted[sample] = kept.Column(sample);
            order[sample] = [.. Enumerable.Range(0, genes)];
            Array.Sort(sorted[sample], order[sample]);
            for (var rank = 0; rank < genes; rank++) quantiles[rank] += sorted[sample][rank];
        }
        for (var rank = 0; rank < genes; rank++) quantiles[rank] /= samples;

        var result = new double[genes * samples];
        for (var sample = 0; sample < samples; sample++) Assign(sorted[sample], order[sample], quantiles, result, sample, samples);
        return new NormalizedMatrix(kept.Transformed(result, MatrixTransformation.Quantile), matrix.RowCount - genes, 0);
    }

    internal static int[] CompleteRows(Matrix matrix)
    {
        var rows = new List<int>(matrix.RowCount);
        for (var row = 0; row < matrix.RowCount; row++)
        {
            if (IsFinite(matrix.Row(row))) rows.Add(row);
        }
        return [.. rows];
    }

    private static bool IsFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) return false;
        }
        return true;
    }

    private static void Standardize(ReadOnlySpan<double> values, Span<double> result)
    {
        var mean = 0d;
        foreach (var value in values) mean += value;
        mean /= values.Length;

        // Measured in the largest difference, squares neither vanish nor overflow.
        var largest = 0d;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value - mean));
        var squares = 0d;
        foreach (var value in values) squares += (value - mean) / largest * ((value - mean) / largest);
        var deviation = Math.Sqrt(squares / values.Length);

        for (var i = 0; i < values.Length; i++) result[i] = (values[i] - mean) / largest / deviation;
    }

    private static void Assign(double[] sorted, int[] order, double[] quantiles, double[] result, int sample, int samples)
    {
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            var sum = quantiles[first];
            while (end < sorted.Length && sorted[end] == sorted[first]) sum += quantiles[end++];
            var shared = sum / (end - first);
            for (; first < end; first++) result[order[first] * samples + sample] = shared;
        }
    }

    private static MatrixValueException Negative(Matrix matrix, int position)
    {
        var (row, column) = Math.DivRem(position, matrix.ColumnCount);
        return new MatrixValueException($"The logarithm is for counts, but '{matrix.RowLabels[row]}' in '{matrix.ColumnLabels[column]}' is {matrix[row, column].ToString(CultureInfo.InvariantCulture)}. Values below zero are most often logarithms already.");
    }
}
