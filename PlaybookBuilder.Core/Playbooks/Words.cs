using System.Text;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>The words of a text as they are kept and looked for: runs of letters and digits, in lower case.</summary>
internal static class Words
{
    private const int Longest = 64;

    /// <summary>Each once, in their order.</summary>
    public static IEnumerable<string> Of(params IEnumerable<string> texts) => texts.SelectMany(Split).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            // What is no valid text becomes U+FFFD, which is no letter.
            if (Rune.IsLetterOrDigit(rune))
            {
                if (word.Length < Longest) word.Append(Rune.ToLowerInvariant(rune));
                continue;
            }

            if (word.Length > 0) yield return word.ToString();
            word.Clear();
        }

        if (word.Length > 0) yield return word.ToString();
    }
}
