using PlaybookBuilder.Core.Statistics;

namespace PlaybookBuilder.Tests.Statistics;

public class NormalDistributionTests
{
    private const double Relative = 1e-12;

    // scipy 1.10.1, scipy.stats.norm.sf; the last, where scipy gives 0, by math.erfc of Python 3.11.7 (glibc), a subnormal number of few digits.
    [Theory]
    [InlineData(0, 0.5, Relative)]
    [InlineData(1, 0.15865525393145707, Relative)]
    [InlineData(-1, 0.8413447460685429, Relative)]
    [InlineData(1.96, 0.024997895148220435, Relative)]
    [InlineData(5, 2.866515718791933e-07, Relative)]
    [InlineData(8.3, 5.2055697448902465e-17, Relative)]
    [InlineData(20, 2.7536241186061556e-89, Relative)]
    [InlineData(37, 5.7255712225239266e-300, Relative)]
    [InlineData(38, 2.88542835e-316, 1e-8)]
    public void Survival_BothTails_KeepsItsPrecision(double z, double expected, double relative)
    {
        AssertClose(expected, NormalDistribution.Survival(z), relative);
        AssertClose(expected, NormalDistribution.Cdf(-z), relative);
    }

    [Fact]
    public void Survival_AtTheEnds_IsZeroOneOrNotANumber()
    {
        Assert.Equal(0, NormalDistribution.Survival(double.PositiveInfinity));
        Assert.Equal(1, NormalDistribution.Survival(double.NegativeInfinity));
        Assert.Equal(double.NaN, NormalDistribution.Survival(double.NaN));
    }

    // scipy 1.10.1, scipy.stats.norm.ppf
    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-100, -21.273453560965322)]
    [InlineData(1e-16, -8.222082216130435)]
    [InlineData(1e-05, -4.264890793922825)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.3, -0.5244005127080409)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.999999, 4.753424308817087)]
    public void Quantile_BothTails_AgreesWithScipy(double p, double expected)
    {
        AssertClose(expected, NormalDistribution.Quantile(p), Relative);
        AssertClose(-expected, NormalDistribution.InverseSurvival(p), Relative);
    }

    [Fact]
    public void Quantile_AtTheEnds_IsInfiniteOrNotANumber()
    {
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, NormalDistribution.Quantile(1));
        Assert.Equal([double.NaN, double.NaN, double.NaN], new[] { -0.1, 1.1, double.NaN }.Select(NormalDistribution.Quantile));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(30)]
    public void ZOfTwoSided_OfTwoSidedPValue_IsTheSame(double z)
    {
        AssertClose(z, NormalDistribution.ZOfTwoSided(NormalDistribution.TwoSidedPValue(-z), 2.5), Relative);
        AssertClose(-z, NormalDistribution.ZOfTwoSided(NormalDistribution.TwoSidedPValue(z), -0.1), Relative);
    }

    [Fact]
    public void ZOfPValue_SpecialValues_StaysDefined()
    {
        Assert.Equal(double.NegativeInfinity, NormalDistribution.ZOfOneSided(0, -1));
        Assert.Equal(0, NormalDistribution.ZOfOneSided(0, 0));
        Assert.Equal(0, NormalDistribution.ZOfTwoSided(1, 1));
        Assert.Equal(double.NaN, NormalDistribution.ZOfOneSided(double.NaN, 1));
        Assert.Equal(double.NaN, NormalDistribution.ZOfOneSided(0.1, double.NaN));
        AssertClose(8.222082216130435, NormalDistribution.ZOfOneSided(1e-16, 1), Relative);
    }

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.InRange(actual, expected - Math.Abs(expected) * relative, expected + Math.Abs(expected) * relative);
}
