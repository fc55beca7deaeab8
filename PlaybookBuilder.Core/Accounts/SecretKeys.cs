using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Random keys that are given out once, and what is kept of them.</summary>
/// <remarks>256 random bits can't be guessed, so a plain hash is enough: what is slow on purpose protects words that people think of.</remarks>
public static class SecretKeys
{
    private const int Bytes = 32;

    /// <summary>A key in letters, digits, - and _.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
