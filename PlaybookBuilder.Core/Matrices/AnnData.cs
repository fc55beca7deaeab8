namespace PlaybookBuilder.Core.Matrices;

/// <summary>
/// A matrix with what is known of its samples and genes, after Virshup et al., "anndata: Access and store annotated data
/// matrices", Journal of Open Source Software 9(101), 4371 (2024), https://doi.org/10.21105/joss.04371. Rows of
/// <see cref="Matrix"/> are genes here; in a file they are the columns of X.
/// </summary>
public sealed class AnnData
{
    /// <exception cref="ArgumentException">An annotation table is not about the labels of the matrix.</exception>
    public AnnData(Matrix matrix, Annotations? samples = null, Annotations? genes = null)
    {
        Matrix = matrix;
        Samples = samples ?? new Annotations(matrix.ColumnLabels, []);
        Genes = genes ?? new Annotations(matrix.RowLabels, []);
        if (!Samples.Index.SequenceEqual(matrix.ColumnLabels)) throw new ArgumentException("The sample annotations are not in the order of the samples.", nameof(samples));
        if (!Genes.Index.SequenceEqual(matrix.RowLabels)) throw new ArgumentException("The gene annotations are not in the order of the genes.", nameof(genes));
    }

    public Matrix Matrix { get; }

    /// <summary>AnnData's <c>obs</c>.</summary>
    public Annotations Samples { get; }

    /// <summary>AnnData's <c>var</c>.</summary>
    public Annotations Genes { get; }
}
