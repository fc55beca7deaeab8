namespace PlaybookBuilder.Core.Statistics;

/// <summary>
/// Finds the largest eigenvalues of a symmetric matrix by its products with vectors: a block of random vectors is multiplied again and again, and the eigenvectors are sought among the combinations of all that came of it.
/// After Golub and Underwood, "The block Lanczos method for computing eigenvalues", in Rice (ed.), Mathematical Software III, Academic Press, 361-377 (1977); every new vector is made orthogonal to all before it, twice, as in
/// Parlett, The Symmetric Eigenvalue Problem, SIAM (1998), https://doi.org/10.1137/1.9781611971163.
/// </summary>
/// <remarks>
/// The block is wider than the number of eigenvalues asked for, so that none of several equal ones is missed. A result counts only when its residuals |Ax - ax| are rounding errors. The random vectors are the same in every
/// run.
/// </remarks>
internal sealed class BlockLanczos
{
    private const int SpareVectors = 2;
    private const int Seed = 1977;

    private const int BlocksBeforeFirstLook = 4;

    // The next look is due when the basis is so many times as large as at the last: each decomposes a matrix of the size of the basis.
    private const double Growth = 1.25;

    private const double Epsilon = 2.220446049250313e-16;

    // A product of which less than this points outside of the basis brings nothing but rounding errors.
    private const double Dependent = 1e-12;

    private readonly Func<IReadOnlyList<double[]>, double[][]> _product;
    private readonly int _size;
    private readonly int _count;
    private readonly List<double[]> _basis = [];

    // For each vector of the basis the parts of its product along the basis as it was then, so at least up to the vector itself.
    private readonly List<double[]> _projected = [];

    private BlockLanczos(Func<IReadOnlyList<double[]>, double[][]> product, int size, int count) => (_product, _size, _count) = (product, size, count);

    /// <summary>The largest eigenvalues with their vectors. Null where they do not converge before the basis has two thirds of all dimensions, from where on it saves no time.</summary>
    /// <param name="product">Multiplies a symmetric, positive semidefinite matrix with several vectors.</param>
    /// <param name="size">How many rows the matrix has.</param>
    /// <param name="count">How many eigenvalues are wanted.</param>
    /// <param name="cancellationToken">Looked at before each product.</param>
    public static LeadingEigenpairs? Largest(Func<IReadOnlyList<double[]>, double[][]> product, int size, int count, CancellationToken cancellationToken) =>
        new BlockLanczos(product, size, count).Search(cancellationToken);

    private LeadingEigenpairs? Search(CancellationToken cancellationToken)
    {
        var next = NewDirections(RandomVectors(_count + SpareVectors));
        var nextLook = BlocksBeforeFirstLook * next.Count;
        while (next.Count > 0 && _basis.Count + next.Count <= _size * 2 / 3)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _basis.AddRange(next);
            var products = _product(next);
            _projected.AddRange(products.Select(PartsAlongBasis));
            next = NewDirections(products);
            // Without a new direction the basis holds all that there is to find.
            if (next.Count > 0 && _basis.Count < nextLook) continue;

            nextLook = (int)(_basis.Count * Growth);
            cancellationToken.ThrowIfCancellationRequested();
            var pairs = BestWithinBasis();
            if (AreExact(pairs)) return pairs;
        }
        return null;
    }

    private IEnumerable<double[]> RandomVectors(int count)
    {
        var random = new Random(Seed);
        return Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, _size).Select(_ => random.NextDouble() - 0.5).ToArray());
    }

    private double[] PartsAlongBasis(double[] vector) => [.. _basis.Select(other => SymmetricMatrix.Dot(other, vector))];

    /// <summary>What of the vectors points outside of the basis and of each other, as vectors of length 1. The vectors are changed.</summary>
    private List<double[]> NewDirections(IEnumerable<double[]> vectors)
    {
        var found = new List<double[]>();
        foreach (var vector in vectors)
        {
            var before = Length(vector);
            RemoveParts(vector, found);
            if (Length(vector) <= Dependent * before) continue;

            // Rounding leaves parts along the basis as large as what remains may be.
            RemoveParts(vector, found);
            Scale(vector, 1 / Length(vector));
            found.Add(vector);
        }
        return found;
    }

    private void RemoveParts(double[] vector, List<double[]> found)
    {
        foreach (var other in _basis.Concat(found)) SymmetricMatrix.AddScaled(-SymmetricMatrix.Dot(other, vector), other, vector);
    }

    /// <summary>The eigenpairs of the matrix as it is within the basis (Rayleigh and Ritz).</summary>
    private LeadingEigenpairs BestWithinBasis()
    {
        var within = new double[_basis.Count * _basis.Count];
        for (var column = 0; column < _basis.Count; column++)
        {
            for (var row = 0; row <= column; row++) within[(column * _basis.Count) + row] = within[(row * _basis.Count) + column] = _projected[column][row];
        }
        var pairs = LeadingEigenpairs.OfAll(new SymmetricMatrix(_basis.Count, within), _count);
        return pairs with { Vectors = [.. pairs.Vectors.Select(Combined)] };
    }

    private double[] Combined(double[] parts)
    {
        var vector = new double[_size];
        for (var i = 0; i < parts.Length; i++) SymmetricMatrix.AddScaled(parts[i], _basis[i], vector);
        return vector;
    }

    private bool AreExact(LeadingEigenpairs pairs)
    {
        var products = _product(pairs.Vectors);
        for (var pair = 0; pair < products.Length; pair++) SymmetricMatrix.AddScaled(-pairs.Values[pair], pairs.Vectors[pair], products[pair]);
        var rounding = 4 * Epsilon * Math.Sqrt(_size) * Math.Abs(pairs.Values[0]);
        return products.All(residual => Length(residual) <= rounding);
    }

    private static double Length(double[] vector) => Math.Sqrt(SymmetricMatrix.Dot(vector, vector));

    private static void Scale(double[] vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++) vector[i] *= factor;
    }
}
