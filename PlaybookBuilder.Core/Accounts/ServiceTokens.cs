using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using PlaybookBuilder.Core.Secrets;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>
/// Tokens that programs of a deployment make for themselves, to ask each other: good for minutes, sealed under <c>APP_SECRET</c>, and
/// kept nowhere. None of them is the secret, and whoever finds one soon has nothing.
/// </summary>
public sealed class ServiceTokens(AppSecret secret, TimeProvider time)
{
    public const string Prefix = "pbs_";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string Purpose = "service token";
    private const int LongestToken = 500;

    // Clocks of machines differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <param name="program">Which program it is, for the logs of the other one.</param>
    /// <exception cref="CryptographicException">No secret is set.</exception>
    public string Issue(string program)
    {
        var name = Encoding.UTF8.GetBytes(program);
        var plain = new byte[sizeof(long) + name.Length];
        BinaryPrimitives.WriteInt64BigEndian(plain, time.GetUtcNow().ToUnixTimeMilliseconds());
        name.CopyTo(plain, sizeof(long));
        return Prefix + Base64Url.EncodeToString(secret.Encrypt(Purpose, plain));
    }

    /// <summary>Which program made it; null when it is no token, or too old.</summary>
    public string? Check(string token)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > LongestToken || !Base64Url.IsValid(token.AsSpan(Prefix.Length))) return null;

        try
        {
            var plain = secret.Decrypt(Purpose, Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length)));
            if (plain.Length < sizeof(long)) return null;

            var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain));
            return age >= -Skew && age <= Lifetime + Skew ? Encoding.UTF8.GetString(plain, sizeof(long), plain.Length - sizeof(long)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
