namespace PlaybookBuilder.Core.Accounts;

/// <summary>Identifiers of researchers; the last character checks the others (ISO 7064, MOD 11-2).</summary>
/// <seealso href="https://support.orcid.org/hc/en-us/articles/360006897674"/>
public static class OrcidId
{
    private const string Address = "https://orcid.org/";
    private const int Digits = 16;

    /// <summary>The identifier as in 0000-0002-1825-0097, of it or of its address; null when it is none.</summary>
    public static string? Parse(string text)
    {
        text = text.Trim();
        foreach (var beginning in new[] { Address, "http://orcid.org/", "orcid.org/" })
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)) text = text[beginning.Length..];
        }

        var characters = text.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        if (characters.Length != Digits || !characters[..^1].All(char.IsAsciiDigit) || characters[^1] != CheckOf(characters[..^1])) return null;

        return string.Join('-', characters.Chunk(4).Select(static four => new string(four)));
    }

    public static string ToAddress(string orcid) => Address + orcid;

    private static char CheckOf(string digits)
    {
        var total = digits.Aggregate(0, static (sum, digit) => (sum + (digit - '0')) * 2);
        var check = (12 - (total % 11)) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }
}
