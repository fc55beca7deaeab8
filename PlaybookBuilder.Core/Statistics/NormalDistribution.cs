using MathNet.Numerics;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>
/// The standard normal distribution, by the complementary error function and its inverse (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1 and 26.2), so that both tails
/// keep their relative precision as far as doubles go (z of about 38); there is no 1 - p in it.
/// </summary>
public static class NormalDistribution
{
    /// <summary>P(Z &lt;= z).</summary>
    public static double Cdf(double z) => Survival(-z);

    /// <summary>P(Z &gt; z), 1 - cdf without loss for large z. 0 only from z = 38.6 on, below the smallest double.</summary>
    public static double Survival(double z) => double.IsNaN(z) ? double.NaN : SpecialFunctions.Erfc(z / Constants.Sqrt2) / 2;

    /// <summary>The z with P(Z &lt;= z) = p. Infinite at 0 and 1; NaN outside of them.</summary>
    // Not a negation, which would make the median -0.
    public static double Quantile(double p) => 0 - InverseSurvival(p);

    /// <summary>The z with P(Z &gt; z) = p, precise for small p. Infinite at 0 and 1; NaN outside of them.</summary>
    public static double InverseSurvival(double p) => p switch
    {
        < 0 or > 1 or double.NaN => double.NaN,
        0 => double.PositiveInfinity,
        1 => double.NegativeInfinity,
        _ => Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * p),
    };

    /// <summary>P(|Z| &gt; |z|).</summary>
    public static double TwoSidedPValue(double z) => 2 * Survival(Math.Abs(z));

    /// <summary>The z of a two-sided p-value with the given sign (of a fold change, say): 0 for p = 1 or a sign of 0, infinite for p = 0.</summary>
    public static double ZOfTwoSided(double p, double sign) => Signed(InverseSurvival(p / 2), sign);

    /// <summary>The z of a one-sided p-value with the given sign: negated where that is negative. 0 for a sign of 0, infinite for p = 0.</summary>
    public static double ZOfOneSided(double p, double sign) => Signed(InverseSurvival(p), sign);

    // Not a product: 0 times an infinite z would not be a number.
    private static double Signed(double z, double sign) => double.IsNaN(sign) || double.IsNaN(z) ? double.NaN : Math.Sign(sign) switch { 0 => 0, > 0 => z, _ => -z };
}
