using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>What whoever sends bytes says their checksum is.</summary>
public sealed record UploadChecksum
{
    // Two of these are no use against somebody who means harm; they are for bytes that were damaged on the way.
    private static readonly Dictionary<string, (HashAlgorithmName Name, int Length)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sha256"] = (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
        ["sha1"] = (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
        ["md5"] = (HashAlgorithmName.MD5, MD5.HashSizeInBytes),
    };

    private readonly HashAlgorithmName _algorithm;
    private readonly byte[] _value;

    private UploadChecksum(HashAlgorithmName algorithm, byte[] value) => (_algorithm, _value) = (algorithm, value);

    /// <summary>The names of what can be checked, the best first.</summary>
    public static IReadOnlyCollection<string> Algorithms => Known.Keys;

    public static bool TryCreate(string algorithm, byte[] value, [NotNullWhen(true)] out UploadChecksum? checksum)
    {
        checksum = Known.TryGetValue(algorithm, out var known) && value.Length == known.Length ? new UploadChecksum(known.Name, value) : null;
        return checksum is not null;
    }

    internal IncrementalHash Begin() => IncrementalHash.CreateHash(_algorithm);

    internal bool IsOf(IncrementalHash hash) => _value.AsSpan().SequenceEqual(hash.GetCurrentHash());
}
