using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace PlaybookBuilder.Core.Files.Drs;

/// <summary>A hostname-based DRS URI, <c>drs://host/id</c> (GA4GH DRS 1.5, "DRS URIs"). Compact identifiers (<c>drs://prefix:accession</c>) are another thing and not read here.</summary>
/// <remarks>Equal when host (in lower case, with its port if it names one) and decoded id are.</remarks>
public sealed partial record DrsUri
{
    /// <summary>Lower-case letters and digits without those that are easily taken for one another: 32 of them, so 5 bits each.</summary>
    private const string IdAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>26 x 5 = 130 bits.</summary>
    private const int IdLength = 26;

    private DrsUri(string host, string id) => (Host, Id) = (host, id);

    public string Host { get; }

    /// <summary>The object's id, decoded.</summary>
    public string Id { get; }

    /// <summary>A random id that nobody can guess and that needs no escaping anywhere.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    /// <summary>The URI of an object of ours.</summary>
    /// <exception cref="FormatException">The host or the id can't stand in a DRS URI.</exception>
    public static DrsUri Create(string host, string id) => Parse($"drs://{host}/{Uri.EscapeDataString(id)}");

    /// <exception cref="FormatException">The text is no hostname-based DRS URI.</exception>
    public static DrsUri Parse(string text) => TryParse(text, out var uri) ? uri : throw new FormatException("Not a DRS URI of the form drs://host/id.");

    public static bool TryParse(string? text, [NotNullWhen(true)] out DrsUri? uri)
    {
        uri = null;
        if (text is null || Form().Match(text) is not { Success: true } match || !HasValidPort(match.Groups["port"]))
            return false;

        var id = WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(match.Groups["id"].Value), 0, match.Groups["id"].Length);

        // A client puts the id into the path of a URL, where these two would climb.
        if (!Utf8.IsValid(id) || Encoding.UTF8.GetString(id) is "." or "..")
            return false;

        uri = new DrsUri(match.Groups["host"].Value.ToLowerInvariant(), Encoding.UTF8.GetString(id));
        return true;
    }

    public override string ToString() => $"drs://{Host}/{Uri.EscapeDataString(Id)}";

    private static bool HasValidPort(Group port) => !port.Success || int.Parse(port.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) is > 0 and <= 65535;

    [GeneratedRegex(@"\A(?i:drs)://(?<host>(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::(?<port>[0-9]{1,5}))?)/(?<id>(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
