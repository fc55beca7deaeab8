using MathNet.Numerics.LinearAlgebra;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>The largest eigenvalues of a symmetric matrix without negative ones, and their eigenvectors of length 1, to the precision of doubles.</summary>
/// <param name="Values">From the largest.</param>
/// <param name="Vectors">One for each value.</param>
internal sealed record LeadingEigenpairs(IReadOnlyList<double> Values, IReadOnlyList<double[]> Vectors)
{
    // Below this a full decomposition takes no time worth saving.
    private const int FullUpTo = 256;

    /// <summary>At most as many as the matrix has.</summary>
    /// <param name="matrix">Symmetric, positive semidefinite.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="cancellationToken">Ends the computing; not within a full decomposition, which is for small matrices, and for those where the quicker method does not converge.</param>
    public static LeadingEigenpairs Of(SymmetricMatrix matrix, int count, CancellationToken cancellationToken) =>
        (matrix.Size > FullUpTo ? BlockLanczos.Largest(matrix.Times, matrix.Size, count, cancellationToken) : null) ?? OfAll(matrix, count);

    /// <summary>By the decomposition of the whole matrix, whose time grows with the cube of the size.</summary>
    public static LeadingEigenpairs OfAll(SymmetricMatrix matrix, int count)
    {
        var eigen = Matrix<double>.Build.Dense(matrix.Size, matrix.Size, matrix.Values).Evd(Symmetricity.Symmetric);
        // Eigenvalues come in ascending order.
        int[] places = [.. Enumerable.Range(1, Math.Min(count, matrix.Size)).Select(place => matrix.Size - place)];
        return new LeadingEigenpairs([.. places.Select(place => eigen.EigenValues[place].Real)], [.. places.Select(place => eigen.EigenVectors.Column(place).ToArray())]);
    }
}
