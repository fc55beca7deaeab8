using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Tests.Statistics;

public class NormalizationTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Log2_Counts_KeepsMissingAndTellsTheScale()
    {
        var result = Normalization.Log2(Of([[0, 1, 3], [double.NaN, 7, 0.5]]));

        Assert.Equal([0, 1, 2, double.NaN, 3, Math.Log2(1.5)], result.Values.ToArray());
        Assert.Equal(MatrixScale.Counts.Then(MatrixTransformation.Log2), result.Scale);
    }

    [Fact]
    public void Log2_NegativeValue_IsRefusedWithItsPlace()
    {
        var error = Assert.Throws<MatrixValueException>(() => Normalization.Log2(Of([[0, 1], [2, -0.5]])));

        Assert.Equal("The logarithm is for counts, but 'g1' in 's1' is -0.5. Values below zero are most often logarithms already.", error.Message);
    }

    [Fact]
    public void ZScore_Genes_AgreesWithScipy()
    {
        // scipy 1.10.1, scipy.stats.zscore([5, 4, 3, 7])
        double[] expected = [0.1690308509457033, -0.50709255283711, -1.1832159566199232, 1.52127765851133];

        var result = Normalization.ZScore(Of([[5, 4, 3, 7]]));

        AssertClose(expected, result.Matrix.Values.ToArray());
        Assert.Equal([MatrixTransformation.ZScore], result.Matrix.Scale.Applied);
    }

    [Fact]
    public void ZScore_ConstantAndIncompleteGenes_AreDroppedAndCounted()
    {
        var result = Normalization.ZScore(Of([[0.1, 0.1, 0.1], [1, double.NaN, 2], [1, 2, 3], [double.PositiveInfinity, 1, 2], [0, 0, 0]]));

        Assert.Equal(["g2"], result.Matrix.RowLabels);
        Assert.Equal((2, 2), (result.GenesWithMissingValues, result.ConstantGenes));
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void ZScore_TinyAndHugeValues_AreThoseOfTheirProportions(double unit) =>
        AssertClose([-1.224744871391589, 0, 1.224744871391589], Normalization.ZScore(Of([[unit, 2 * unit, 3 * unit]])).Matrix.Values.ToArray());

    [Fact]
    public void ZScore_OneSample_LeavesNoGene()
    {
        var result = Normalization.ZScore(Of([[1], [2]]));

        Assert.Equal(0, result.Matrix.RowCount);
        Assert.Equal(2, result.ConstantGenes);
    }

    [Fact]
    public void Quantile_WithTies_AveragesTheSharedQuantiles()
    {
        // numpy 1.24.2: the means of the sorted columns, averaged over each column's ties.
        double[] expected =
        [
            5.666666666666667, 5.166666666666667, 2,
            2, 2, 3,
            3, 5.166666666666667, 4.666666666666667,
            4.666666666666667, 3, 5.666666666666667,
        ];

        var result = Normalization.Quantile(Of([[5, 4, 3], [2, 1, 4], [3, 4, 6], [4, 2, 8]]));

        AssertClose(expected, result.Matrix.Values.ToArray());
        Assert.Equal([MatrixTransformation.Quantile], result.Matrix.Scale.Applied);
    }

    [Fact]
    public void Quantile_IncompleteGene_IsDroppedAndCounted()
    {
        var result = Normalization.Quantile(Of([[1, 4], [double.NaN, 2], [3, 6]]));

        Assert.Equal(["g0", "g2"], result.Matrix.RowLabels);
        Assert.Equal([2.5, 2.5, 4.5, 4.5], result.Matrix.Values.ToArray());
        Assert.Equal(1, result.GenesWithMissingValues);
    }

    [Fact]
    public void Quantile_OneSampleOrNoGene_StaysAsItIs()
    {
        Assert.Equal([3, 1, 2], Normalization.Quantile(Of([[3], [1], [2]])).Matrix.Values.ToArray());
        Assert.Equal(0, Normalization.Quantile(new Matrix([], ["s0"], [], MatrixScale.Counts)).Matrix.RowCount);
    }

    [Fact]
    public void Quantile_ManyGenes_GivesAllSamplesOneDistribution()
    {
        var values = Enumerable.Range(0, 300_000).Select(i => i * 0.5).ToArray();
        new Random(5).Shuffle(values);
        var matrix = new Matrix([.. Enumerable.Range(0, 100_000).Select(i => $"g{i}")], ["a", "b", "c"], values, MatrixScale.Counts);

        var result = Normalization.Quantile(matrix).Matrix;

        Assert.Equal(result.Column(0).Order(), result.Column(2).Order());
    }

    [Fact]
    public void LibrarySizes_MissingValue_IsCountedAndNotSummed()
    {
        var sizes = LibrarySizes.Of(Of([[1, 2], [double.NaN, 3], [4, 5]]));

        Assert.Equal(["s0", "s1"], sizes.Samples);
        Assert.Equal([5, 10], sizes.Totals);
        Assert.Equal(1, sizes.MissingValues);
    }

    internal static Matrix Of(double[][] rows) =>
        new([.. Enumerable.Range(0, rows.Length).Select(i => $"g{i}")], [.. Enumerable.Range(0, rows[0].Length).Select(i => $"s{i}")], [.. rows.SelectMany(row => row)], MatrixScale.Counts);

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
