using System.Text.Json;
using System.Text.RegularExpressions;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary>
/// Takes secrets out of what is logged and exported: those that this program was given in its settings, wherever they appear, and
/// what looks like one in addresses and headers.
/// </summary>
internal sealed partial class SecretMask
{
    public const string Mask = "***";

    // A shorter one could be any word.
    private const int LeastCharacters = 6;

    private readonly string[] _secrets;

    public SecretMask(IConfiguration configuration) =>
        _secrets = [.. configuration.AsEnumerable()
            .SelectMany(setting => SecretsOf(setting.Key, setting.Value ?? ""))
            .Where(secret => secret.Length >= LeastCharacters)
            // As it is, and as it stands in JSON.
            .SelectMany(secret => new[] { secret, JsonEncodedText.Encode(secret).Value })
            .Distinct()
            .OrderByDescending(secret => secret.Length)];

    public string Apply(string text)
    {
        foreach (var secret in _secrets)
        {
            if (text.Contains(secret, StringComparison.Ordinal)) text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        if (text.Contains("://", StringComparison.Ordinal)) text = UserInfo().Replace(text, $"$1{Mask}@");
        if (text.Contains('=')) text = Parameter().Replace(text, $"$1{Mask}");
        return Credentials().Replace(text, $"$1{Mask}");
    }

    private static IEnumerable<string> SecretsOf(string name, string value)
    {
        if (SecretName().IsMatch(name)) return value.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).SelectMany(part => new[] { part, part[(part.IndexOf('=') + 1)..] }).Append(value);

        var passwords = UserInfo().Matches(value).Select(match => match.Groups[2].Value);
        return passwords.Concat(Property().Matches(value).Select(match => match.Groups[1].Value)).SelectMany(secret => new[] { secret, Uri.UnescapeDataString(secret) });
    }

    [GeneratedRegex("SECRET|PASSWORD|PASSWD|TOKEN|ACCESS_?KEY|API_?KEY|HEADERS|CONNECTIONSTRING", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    // scheme://user:password@host
    [GeneratedRegex(@"(://[^\s:/@?#""]*:)([^\s/@""]+)@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    // In the JSON of UFS_STORAGE and the like.
    [GeneratedRegex(@"""\w*(?:secret|password|passwd|token|access_key)\w*""\s*:\s*""([^""]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    // Parameters of addresses, also those of connection strings; in JSON an ampersand is \u0026 and a quote \u0022.
    [GeneratedRegex(@"((?:^|[?&;,\s""]|\\u002[26])(?:[\w%.-]*(?:token|secret|password|passwd|pwd|signature|credential|api_?key|access_?key)|sig|code|state)=)(?:(?!\\u002[26])[^&;,\s""#])+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\b((?:Bearer|Basic|Digest)\s+)[A-Za-z0-9._~+/=-]{6,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();
}
