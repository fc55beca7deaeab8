namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>Medians: single runs on a shared machine say little.</summary>
internal static class Repeats
{
    public static double Median(this IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        if (ordered.Length == 0) throw new ArgumentException("There is no median of nothing.", nameof(values));

        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    /// <summary>The value that this share of all stays within.</summary>
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var ordered = values.Order().ToArray();
        return ordered[(int)Math.Ceiling(ordered.Length * share) - 1];
    }

    public static double MedianRate(this IEnumerable<LoadResult> results) => results.Select(result => result.PerSecond).Median();

    public static double MedianP99Milliseconds(this IEnumerable<LoadResult> results) => results.Select(result => result.P99.TotalMilliseconds).Median();

    public static double MedianProcessorMilliseconds(this IEnumerable<LoadResult> results) => results.Select(result => result.ProcessorTimeEach.TotalMilliseconds).Median();
}
