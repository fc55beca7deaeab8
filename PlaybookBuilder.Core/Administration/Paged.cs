namespace PlaybookBuilder.Core.Administration;

/// <summary>Part of a list.</summary>
/// <param name="Next">Where the following part begins; null after the last.</param>
internal sealed record Paged<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Makes a part of one more rows than it shows, by which it is known whether others follow.</summary>
    /// <param name="keyOf">Tells where the part after an item begins.</param>
    public static Paged<T> Of(List<T> found, int limit, Func<T, string> keyOf) =>
        found.Count > limit ? new([.. found.Take(limit)], keyOf(found[limit - 1])) : new(found, null);
}

/// <summary>How much of a list is asked for.</summary>
/// <param name="After">What the part before told to go on with; null for the beginning.</param>
/// <param name="Limit">How many at most.</param>
internal readonly record struct PageRequest(string? After = null, int? Limit = null)
{
    public const int Usual = 50;
    public const int Most = 200;

    public int Size => Math.Clamp(Limit ?? Usual, 1, Most);
}
