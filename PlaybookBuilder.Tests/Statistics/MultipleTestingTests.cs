using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Tests.Statistics;

public class MultipleTestingTests
{
    private const double Tolerance = 1e-15;

    // numpy 1.24.2, by the definition: cumulative minimum, from the largest on, of p * m / rank.
    [Fact]
    public void BenjaminiHochberg_TiesAndAnyOrder_AdjustsInPlace() =>
        AssertClose([0.03, 0.048, 0.045, 0.5, 0.045, 6e-10], MultipleTesting.BenjaminiHochberg([0.01, 0.04, 0.03, 0.5, 0.03, 1e-10]));

    [Fact]
    public void BenjaminiHochberg_MissingValue_IsNoTest() =>
        AssertClose([0.02, double.NaN, 0.02], MultipleTesting.BenjaminiHochberg([0.01, double.NaN, 0.02]));

    [Fact]
    public void BenjaminiHochberg_NoneOneOrAllOnes_StayAsTheyAre()
    {
        Assert.Empty(MultipleTesting.BenjaminiHochberg([]));
        Assert.Equal([0.04], MultipleTesting.BenjaminiHochberg([0.04]));
        Assert.Equal([1, 1], MultipleTesting.BenjaminiHochberg([1, 1]));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void BenjaminiHochberg_NoProbability_Throws(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => MultipleTesting.BenjaminiHochberg([0.5, p]));

    [Fact]
    public void BenjaminiHochberg_ManyTests_AreNeverBelowThePValueAndKeepTheirOrder()
    {
        var random = new Random(3);
        var pValues = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).Order().ToArray();

        var adjusted = MultipleTesting.BenjaminiHochberg(pValues);

        Assert.Equal(adjusted.Order(), adjusted);
        Assert.All(adjusted.Zip(pValues), pair => Assert.True(pair.First >= pair.Second && pair.First <= 1));
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
