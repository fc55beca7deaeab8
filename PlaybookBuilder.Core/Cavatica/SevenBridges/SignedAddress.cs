namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>Addresses that the platform signed: of other hosts, and secrets in themselves.</summary>
internal static class SignedAddress
{
    /// <exception cref="SevenBridgesException">It is none, or would be asked for without TLS.</exception>
    public static Uri Check(string? text, bool isLocal) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (isLocal && PlatformConnections.IsSafe(address))) ? address : throw SevenBridgesErrors.Malformed();
}
