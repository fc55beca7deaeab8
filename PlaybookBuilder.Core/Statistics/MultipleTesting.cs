namespace PlaybookBuilder.Core.Statistics;

/// <summary>Corrections of p-values for the number of tests.</summary>
public static class MultipleTesting
{
    /// <summary>
    /// Adjusted p-values that control the false discovery rate, in the order of the input. After Benjamini and Hochberg, "Controlling the false discovery rate: a practical and powerful
    /// approach to multiple testing", Journal of the Royal Statistical Society B 57(1), 289-300 (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x.
    /// A missing p-value (NaN) stays missing and is not counted as a test, as in R's <c>p.adjust</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not between 0 and 1.</exception>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        var adjusted = pValues.ToArray();
        foreach (var value in adjusted)
        {
            if (value is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(pValues), value, "A p-value lies between 0 and 1.");
        }

        // Sorting puts NaN first.
        var order = Enumerable.Range(0, adjusted.Length).ToArray();
        Array.Sort(pValues.ToArray(), order);
        var missing = adjusted.Count(double.IsNaN);
        var tests = adjusted.Length - missing;
        var smallest = 1d;
        for (var rank = tests; rank >= 1; rank--)
        {
            var position = order[missing + rank - 1];
            smallest = Math.Min(smallest, adjusted[position] * tests / rank);
            adjusted[position] = smallest;
        }
        return adjusted;
    }
}
