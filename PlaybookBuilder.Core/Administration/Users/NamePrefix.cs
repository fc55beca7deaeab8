namespace PlaybookBuilder.Core.Administration.Users;

/// <summary>The beginning of a name, as a range in the order of an index: which order that is depends on the database's locale.</summary>
/// <param name="Text">What names are to begin with.</param>
/// <param name="Until">No name that begins so stands behind this; null where no bound is known.</param>
internal sealed record NamePrefix(string Text, string? Until)
{
    /// <summary>A prefix as it was written, and as names are usually written: an index tells capitals from others.</summary>
    public static IReadOnlyList<NamePrefix> VariantsOf(string text) =>
        [.. new[] { text, text.ToLowerInvariant(), string.Concat(text[..1].ToUpperInvariant(), text.AsSpan(1)), text.ToUpperInvariant() }.Distinct(StringComparer.Ordinal).Select(variant => new NamePrefix(variant, BoundOf(variant)))];

    // The letter or digit that follows the last one which has a follower. What sorts behind 'z' differs between locales.
    private static string? BoundOf(string text)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is (>= 'a' and < 'z') or (>= 'A' and < 'Z') or (>= '0' and < '9')) return text[..i] + (char)(text[i] + 1);
        }

        return null;
    }
}
