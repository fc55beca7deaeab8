using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PlaybookBuilder.Core.Storage.Drs;

/// <summary>
/// A compact identifier, as in <c>drs://dg.4503:accession</c> (GA4GH DRS 1.5, "Compact Identifier-Based DRS URIs"): a prefix that a registry knows, and what the server behind it calls the object.
/// Codes of providers before the prefix are not read.
/// </summary>
/// <param name="Accession">Decoded.</param>
internal sealed partial record CompactIdentifier(string Prefix, string Accession)
{
    private const int Longest = 1_000;

    /// <summary>Reads a DRS URI. One of another form, with a host and a path, is none of these.</summary>
    public static bool TryParse(string? uri, [NotNullWhen(true)] out CompactIdentifier? identifier)
    {
        identifier = uri is { Length: <= Longest } && Form().Match(uri) is { Success: true } match ? new CompactIdentifier(match.Groups["prefix"].Value, Uri.UnescapeDataString(match.Groups["accession"].Value)) : null;
        return identifier is not null;
    }

    public override string ToString() => $"{Prefix}:{Accession}";

    // A slash would make it the path of a host, so in an accession it is always encoded.
    [GeneratedRegex(@"\A(?i:drs)://(?<prefix>[A-Za-z0-9](?:[A-Za-z0-9._]*[A-Za-z0-9])?):(?<accession>(?:[A-Za-z0-9._~:-]|%[0-9A-Fa-f]{2})+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
