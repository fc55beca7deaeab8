using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>
/// Principal components of the samples of a matrix: genes are centred, not scaled. After Hotelling, "Analysis of a complex of statistical variables into
/// principal components", Journal of Educational Psychology 24, 417-441 (1933), https://doi.org/10.1037/h0071325. Computed from the products of samples with
/// samples (or of genes with genes where those are fewer), so that memory grows with the square of the smaller side only; of these only the leading eigenvectors are sought (<see cref="BlockLanczos"/>).
/// </summary>
/// <remarks>
/// There are always as many components as asked for, so that a plot has its axes: those beyond the rank (n samples have at most n - 1; one sample has none, equal samples neither) have scores 0
/// and explain 0. Signs are arbitrary in principle; here the first of the largest scores of a component, by magnitude, is positive.
/// </remarks>
public sealed class PrincipalComponents
{
    // Components below this share of the variance are rounding errors of products in double precision.
    private const double Negligible = 1e-13;
    private const double TieTolerance = 1e-9;

    private PrincipalComponents(IReadOnlyList<string> samples, double[][] scores, double[] explained, int dropped)
    {
        Samples = samples;
        Scores = scores;
        ExplainedVarianceRatio = explained;
        GenesWithMissingValues = dropped;
    }

    public IReadOnlyList<string> Samples { get; }

    /// <summary>For each component the score of every sample.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Scores { get; }

    /// <summary>For each component its share of the whole variance, 0 to 1.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio { get; }

    /// <summary>How many genes were left out because a value is missing or not finite.</summary>
    public int GenesWithMissingValues { get; }

    /// <param name="matrix">The matrix; the caller decides whether its scale is fit for this.</param>
    /// <param name="components">How many components, at least 1.</param>
    /// <param name="cancellationToken">Ends the computing.</param>
    /// <exception cref="MatrixValueException">No gene has values in all samples, there is no sample, or values are beyond 1e150 or so.</exception>
    public static PrincipalComponents Of(Matrix matrix, int components, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        var complete = Normalization.CompleteRows(matrix);
        if (complete.Length == 0 || matrix.ColumnCount == 0) throw new MatrixValueException("No gene has a value in every sample, so there is nothing to find components of.");

        var centred = Centred(matrix, complete);
        var scores = matrix.ColumnCount <= complete.Length
            ? FromSamples(centred, matrix.ColumnCount, components, cancellationToken, out var explained)
            : FromGenes(centred, matrix.ColumnCount, components, cancellationToken, out explained);
        foreach (var score in scores) SettleSign(score);
        return new PrincipalComponents(matrix.ColumnLabels, scores, explained, matrix.RowCount - complete.Length);
    }

    private static double[][] Centred(Matrix matrix, int[] rows)
    {
        var centred = new double[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var values = matrix.Row(rows[i]).ToArray();
            var first = values[0];
            // Differences from the first value are exactly 0 for a constant gene, which a mean with rounding is not.
            for (var sample = 0; sample < values.Length; sample++) values[sample] -= first;
            var mean = values.Sum() / values.Length;
            for (var sample = 0; sample < values.Length; sample++) values[sample] -= mean;
            centred[i] = values;
        }
        return centred;
    }

    /// <summary>With the Gram matrix G = C'C of the samples and its eigenvectors u, the scores are u times the root of the eigenvalue.</summary>
    private static double[][] FromSamples(double[][] centred, int samples, int components, CancellationToken cancellationToken, out double[] explained)
    {
        var products = SymmetricProducts.OfColumns(centred, samples, cancellationToken);
        return Leading(products, components, samples, cancellationToken, out explained, (vector, eigenvalue) =>
        {
            var root = Math.Sqrt(eigenvalue);
            return [.. vector.Select(value => value * root)];
        });
    }

    /// <summary>With the products G = CC' of the genes and its eigenvectors v, the scores are C'v.</summary>
    private static double[][] FromGenes(double[][] centred, int samples, int components, CancellationToken cancellationToken, out double[] explained)
    {
        var products = SymmetricProducts.OfRows(centred, cancellationToken);
        return Leading(products, components, samples, cancellationToken, out explained, (vector, _) =>
        {
            var score = new double[samples];
            for (var gene = 0; gene < centred.Length; gene++) SymmetricMatrix.AddScaled(vector[gene], centred[gene], score);
            return score;
        });
    }

    private static double[][] Leading(SymmetricMatrix products, int components, int samples, CancellationToken cancellationToken, out double[] explained, Func<double[], double, double[]> scoresOf)
    {
        explained = new double[components];
        var scores = Enumerable.Range(0, components).Select(_ => new double[samples]).ToArray();
        var total = products.Trace;
        if (total <= 0) return scores;
        if (!double.IsFinite(total)) throw new MatrixValueException("The values are too large for principal components: their squares exceed what a number can hold.");

        var pairs = LeadingEigenpairs.Of(products, components, cancellationToken);
        for (var component = 0; component < pairs.Values.Count; component++)
        {
            var eigenvalue = pairs.Values[component];
            if (eigenvalue <= Negligible * total) break;
            explained[component] = eigenvalue / total;
            scores[component] = scoresOf(pairs.Vectors[component], eigenvalue);
        }
        return scores;
    }

    private static void SettleSign(double[] score)
    {
        var largest = score.Max(Math.Abs);
        var decisive = score.First(value => Math.Abs(value) >= largest * (1 - TieTolerance));
        if (decisive >= 0) return;
        for (var i = 0; i < score.Length; i++) score[i] = -score[i];
    }
}
