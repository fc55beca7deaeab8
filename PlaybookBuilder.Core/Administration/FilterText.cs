using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Administration;

/// <summary>What somebody typed to narrow a list. Postgres takes no text with the character NUL.</summary>
internal static class FilterText
{
    public const int Longest = 200;

    /// <returns>The text as it was given.</returns>
    /// <exception cref="WorkflowException">No database can look for this.</exception>
    public static string? Check(string? text, string name)
    {
        if (text is null) return null;
        if (text.Length > Longest) throw WorkflowException.Invalid($"'{name}' may have {Longest} characters, not {text.Length}.", name);
        if (text.Contains('\0', StringComparison.Ordinal)) throw WorkflowException.Invalid($"'{name}' can't have the character NUL.", name);
        return text;
    }
}
