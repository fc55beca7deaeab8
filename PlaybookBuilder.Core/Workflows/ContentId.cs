using System.Security.Cryptography;
using System.Text;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>
/// Ids by content: a UUID of version 8 (RFC 9562, section 5.8) made of the SHA-256 of a record's identity as RFC 8785 canonical JSON.
/// </summary>
internal static class ContentId
{
    private const int UuidBytes = 16;

    /// <summary>The id of an identity that is already canonical JSON.</summary>
    public static Guid OfCanonical(string identity)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = Encoding.UTF8.GetBytes(identity);
        SHA256.HashData(bytes, hash);
        var uuid = hash[..UuidBytes];
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return new Guid(uuid, bigEndian: true);
    }
}
