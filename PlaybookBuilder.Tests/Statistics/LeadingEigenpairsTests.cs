using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Tests.Statistics;

/// <summary>The quick method for the largest eigenvalues, held against decompositions of the whole matrix and against matrices whose eigenvectors are known.</summary>
public sealed class LeadingEigenpairsTests
{
    private const double Relative = 1e-8;
    private const int Wanted = 3;

    [Fact]
    public void Of_RandomSamples_AgreesWithTheFullDecomposition()
    {
        var matrix = ProductsOfNoise(samples: 600, genes: 2_000, factors: 1);

        AssertEqual(LeadingEigenpairs.OfAll(matrix, Wanted), Quick(matrix));
    }

    [Fact]
    public void Of_LowRank_AgreesWithTheFullDecomposition()
    {
        var random = new Random(2);
        var table = Enumerable.Range(0, 7).Select(_ => Noise(random, 400)).ToArray();
        var matrix = SymmetricProducts.OfColumns(table, 400, TestContext.Current.CancellationToken);

        AssertEqual(LeadingEigenpairs.OfAll(matrix, Wanted), Quick(matrix));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1_500)]
    public void Of_ClusteredEigenvalues_FindsEachOfThem(int size)
    {
        // Ten within a hundredth, then the long tail that noise makes.
        double[] values = [.. Enumerable.Range(0, size).Select(i => i < 10 ? 100 - (0.1 * i) : 50.0 / (i - 8))];
        var known = Known.Of(values);

        var pairs = Quick(known.Matrix);

        AssertEqual(known.Leading, pairs);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(399)]
    public void Of_EqualEigenvalues_FindsAsManyAsThereAre(int equal)
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => i < equal ? 9.0 : equal == 399 ? 0 : 5.0 / (1 + i - equal))];
        var matrix = Known.Of(values).Matrix;

        var pairs = LeadingEigenpairs.Of(matrix, Wanted, TestContext.Current.CancellationToken);

        for (var i = 0; i < Wanted; i++) Assert.Equal(values[i], pairs.Values[i], 9 * Relative);
        AssertEigenvectors(matrix, pairs);
    }

    [Fact]
    public void Of_OneDirectionOnly_HasOneEigenvalue()
    {
        var known = Known.Of([4, .. new double[399]]);

        var pairs = Quick(known.Matrix);

        Assert.Equal(4, pairs.Values[0], 1e-12);
        Assert.All(pairs.Values.Skip(1), value => Assert.Equal(0, value, 1e-12));
        AssertParallel(known.Leading.Vectors[0], pairs.Vectors[0]);
    }

    [Fact]
    public void Of_Zeros_HasZeros()
    {
        var pairs = LeadingEigenpairs.Of(new SymmetricMatrix(300, new double[300 * 300]), Wanted, TestContext.Current.CancellationToken);

        Assert.Equal([0, 0, 0], pairs.Values);
    }

    [Fact]
    public void Of_NoQuickConvergence_FallsBackOnTheFullDecomposition()
    {
        // Pure noise has no gaps between its eigenvalues that so few products could tell.
        var matrix = ProductsOfNoise(samples: 300, genes: 2_000, factors: 0);

        var pairs = LeadingEigenpairs.Of(matrix, Wanted, TestContext.Current.CancellationToken);

        Assert.Null(BlockLanczos.Largest(matrix.Times, matrix.Size, Wanted, TestContext.Current.CancellationToken));
        AssertEqual(LeadingEigenpairs.OfAll(matrix, Wanted), pairs);
    }

    [Fact]
    public void Of_MoreThanThereAre_GivesAll() =>
        Assert.Equal([3, 2], LeadingEigenpairs.Of(new SymmetricMatrix(2, [2, 0, 0, 3]), 5, TestContext.Current.CancellationToken).Values);

    [Fact]
    public void Largest_CancelledAfterTheSecondProduct_MakesNoThird()
    {
        var matrix = ProductsOfNoise(samples: 400, genes: 500, factors: 0);
        using var cancellation = new CancellationTokenSource();
        var products = 0;
        double[][] Times(IReadOnlyList<double[]> vectors)
        {
            if (++products == 2) cancellation.Cancel();
            return matrix.Times(vectors);
        }

        Assert.Throws<OperationCanceledException>(() => BlockLanczos.Largest(Times, matrix.Size, Wanted, cancellation.Token));
        Assert.Equal(2, products);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(37, 400)]
    [InlineData(64, 193)]
    public void Products_AnyShape_AreTheSumsOfTheDefinition(int columns, int rows)
    {
        var random = new Random(columns);
        var table = Enumerable.Range(0, rows).Select(_ => Noise(random, columns)).ToArray();
        double[][] turned = [.. Enumerable.Range(0, columns).Select(column => table.Select(row => row[column]).ToArray())];

        var ofColumns = SymmetricProducts.OfColumns(table, columns, TestContext.Current.CancellationToken);
        var ofRows = SymmetricProducts.OfRows(turned, TestContext.Current.CancellationToken);

        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var expected = turned[i].Zip(turned[j], (left, right) => left * right).Sum();
                Assert.Equal(expected, ofColumns.Values[(i * columns) + j], 1e-10);
                Assert.Equal(expected, ofRows.Values[(i * columns) + j], 1e-10);
            }
        }
    }

    private static LeadingEigenpairs Quick(SymmetricMatrix matrix)
    {
        var pairs = BlockLanczos.Largest(matrix.Times, matrix.Size, Wanted, TestContext.Current.CancellationToken);
        Assert.NotNull(pairs);
        return pairs;
    }

    private static SymmetricMatrix ProductsOfNoise(int samples, int genes, int factors)
    {
        var random = new Random(11);
        var common = Enumerable.Range(0, factors).Select(_ => Noise(random, samples)).ToArray();
        var table = Enumerable.Range(0, genes).Select(_ =>
        {
            var gene = Noise(random, samples);
            foreach (var factor in common) SymmetricMatrix.AddScaled(random.NextDouble() - 0.5, factor, gene);
            return gene;
        }).ToArray();
        return SymmetricProducts.OfColumns(table, samples, TestContext.Current.CancellationToken);
    }

    private static double[] Noise(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() + random.NextDouble() - 1)];

    private static void AssertEqual(LeadingEigenpairs expected, LeadingEigenpairs actual)
    {
        for (var i = 0; i < Wanted; i++)
        {
            Assert.Equal(1, actual.Values[i] / expected.Values[i], Relative);
            AssertParallel(expected.Vectors[i], actual.Vectors[i]);
        }
    }

    private static void AssertParallel(double[] expected, double[] actual)
    {
        var sign = Math.Sign(SymmetricMatrix.Dot(expected, actual));
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], sign * actual[i], largest * Relative);
    }

    private static void AssertEigenvectors(SymmetricMatrix matrix, LeadingEigenpairs pairs)
    {
        var products = matrix.Times(pairs.Vectors);
        for (var i = 0; i < pairs.Vectors.Count; i++)
        {
            for (var j = 0; j <= i; j++) Assert.Equal(i == j ? 1 : 0, SymmetricMatrix.Dot(pairs.Vectors[i], pairs.Vectors[j]), 1e-10);
            for (var row = 0; row < matrix.Size; row++) Assert.Equal(pairs.Values[i] * pairs.Vectors[i][row], products[i][row], 1e-10);
        }
    }

    /// <summary>A full matrix with given eigenvalues, and its leading eigenvectors: a diagonal, reflected twice.</summary>
    private sealed record Known(SymmetricMatrix Matrix, LeadingEigenpairs Leading)
    {
        public static Known Of(double[] values)
        {
            var random = new Random(values.Length);
            double[][] mirrors = [UnitVector(random, values.Length), UnitVector(random, values.Length)];
            double[] Reflected(int axis)
            {
                var vector = new double[values.Length];
                vector[axis] = 1;
                foreach (var mirror in mirrors) SymmetricMatrix.AddScaled(-2 * SymmetricMatrix.Dot(mirror, vector), mirror, vector);
                return vector;
            }

            double[][] vectors = [.. Enumerable.Range(0, values.Length).Select(Reflected)];
            double[][] scaled = [.. vectors.Select((vector, i) => vector.Select(part => part * Math.Sqrt(values[i])).ToArray())];
            var matrix = SymmetricProducts.OfColumns(scaled, values.Length, TestContext.Current.CancellationToken);
            return new Known(matrix, new LeadingEigenpairs([.. values.Take(Wanted)], [.. vectors.Take(Wanted)]));
        }

        private static double[] UnitVector(Random random, int length)
        {
            var vector = Noise(random, length);
            var norm = Math.Sqrt(SymmetricMatrix.Dot(vector, vector));
            return [.. vector.Select(part => part / norm)];
        }
    }
}
