namespace PlaybookBuilder.Core.Retention;

/// <summary>Says which results go: those that are older than allowed, and the oldest of those that are too many.</summary>
internal static class RetentionRule
{
    /// <summary>What is younger always stays, whatever the limits: somebody may look at it.</summary>
    public static readonly TimeSpan AlwaysKept = TimeSpan.FromHours(1);

    /// <returns>What came before goes; null when nothing does.</returns>
    public static DateTimeOffset? FreedBefore(RetentionOptions limits, CacheUse? use, DateTimeOffset now)
    {
        DateTimeOffset?[] bounds = [limits.MaxAgeDays is { } days ? now.AddDays(-days) : null, limits.MaxBytes is { } most && use is not null ? BoundOf(use, most) : null];
        var youngest = now - AlwaysKept;
        return bounds.Max() is { } bound ? bound < youngest ? bound : youngest : null;
    }

    /// <summary>From the youngest on, as many hours as fit stay.</summary>
    private static DateTimeOffset? BoundOf(CacheUse use, long most)
    {
        var bytes = 0L;
        foreach (var hour in use.Hours.OrderByDescending(static hour => hour.From))
        {
            bytes += hour.Kept.Bytes;
            if (bytes > most) return hour.From + CacheUse.Hour;
        }

        return null;
    }
}
