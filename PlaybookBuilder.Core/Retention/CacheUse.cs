namespace PlaybookBuilder.Core.Retention;

/// <summary>What results and the files that steps made take.</summary>
/// <param name="Held">What saved playbooks hold, or is an answer in a playbook too: it stays.</param>
/// <param name="Hours">The rest, the cache, by the hour in which it was last computed.</param>
internal sealed record CacheUse(KeptResults Held, IReadOnlyList<HourOfCache> Hours, DateTimeOffset Measured)
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public KeptResults Cached { get; } = Hours.Aggregate(KeptResults.None, static (sum, hour) => sum + hour.Kept);

    /// <summary>What came before a moment.</summary>
    public KeptResults Before(DateTimeOffset moment) => Hours.Where(hour => hour.From + Hour <= moment).Aggregate(KeptResults.None, static (sum, hour) => sum + hour.Kept);
}

/// <summary>What was computed within one hour.</summary>
internal sealed record HourOfCache(DateTimeOffset From, KeptResults Kept);

/// <summary>Values, each once, and files that steps made.</summary>
internal sealed record KeptResults(long Values, long ValueBytes, long Files, long FileBytes)
{
    public static readonly KeptResults None = new(0, 0, 0, 0);

    public long Bytes => ValueBytes + FileBytes;

    public static KeptResults operator +(KeptResults left, KeptResults right) =>
        new(left.Values + right.Values, left.ValueBytes + right.ValueBytes, left.Files + right.Files, left.FileBytes + right.FileBytes);
}
