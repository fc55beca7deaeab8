namespace PlaybookBuilder.Core.Retention;

/// <summary>The limits of the cache, and what they meet.</summary>
/// <param name="MaxAgeDays">Null for no limit.</param>
/// <param name="MaxBytes">Null for no limit.</param>
/// <param name="Held">What saved playbooks hold, or is an answer too; null, as all that follows, while the first measure is under way.</param>
/// <param name="Cached">The rest.</param>
/// <param name="WouldFree">What of the rest is beyond the limits. A result that a younger one was computed from stays all the same.</param>
internal sealed record RetentionSummary(int? MaxAgeDays, long? MaxBytes, KeptResults? Held, KeptResults? Cached, KeptResults? WouldFree, DateTimeOffset? Measured)
{
    /// <summary>The cache by its age, the youngest first.</summary>
    public IReadOnlyList<AgeOfResults> Ages { get; init; } = [];
}

/// <summary>What of the cache is of an age.</summary>
/// <param name="Days">Up to so many; null for what is older than all others.</param>
internal sealed record AgeOfResults(int? Days, KeptResults Kept)
{
    private static readonly int[] Limits = [1, 7, 30, 90, 365];

    public static IReadOnlyList<AgeOfResults> Of(CacheUse use)
    {
        var ages = use.Hours.ToLookup(hour => Limits.Where(days => use.Measured - hour.From <= TimeSpan.FromDays(days)).Cast<int?>().FirstOrDefault(), static hour => hour.Kept);
        return [.. Limits.Cast<int?>().Append(null).Select(days => new AgeOfResults(days, ages[days].Aggregate(KeptResults.None, static (sum, kept) => sum + kept)))];
    }
}
