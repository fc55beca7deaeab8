using System.Text;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>Texts that people type, as they are kept: without what no database takes and no page shows.</summary>
internal static class GivenText
{
    /// <exception cref="WorkflowException">It is too long.</exception>
    public static string Clean(string text, int longest, string path) =>
        Clean(text) is var clean && clean.Length <= longest ? clean : throw WorkflowException.Invalid($"this may have {longest} characters, not {clean.Length}.", path);

    /// <exception cref="WorkflowException">It is empty or too long.</exception>
    public static string Require(string text, int longest, string path) =>
        Clean(text, longest, path) is { Length: > 0 } clean ? clean : throw WorkflowException.Invalid("this is needed.", path);

    /// <summary>The beginning of a text that nobody typed just now, so that nobody could be told of its length.</summary>
    public static string Shorten(string text, int longest)
    {
        var clean = Clean(text);
        if (clean.Length <= longest) return clean;

        return char.IsHighSurrogate(clean[longest - 1]) ? clean[..(longest - 1)] : clean[..longest];
    }

    /// <summary>A name and the like, which stand in one line.</summary>
    public static string OneLine(string text) => Clean(text).ReplaceLineEndings(" ");

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || (!Rune.IsControl(rune) && rune != Rune.ReplacementChar)) clean.Append(rune);
        }

        return clean.ToString().Trim();
    }
}
