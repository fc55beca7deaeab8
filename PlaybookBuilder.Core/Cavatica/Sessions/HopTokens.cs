using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using PlaybookBuilder.Core.Secrets;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>
/// With what a program of the deployment hands a request on to the one that holds the session's tunnel: it says whose request it is,
/// for which session and for which run of the other program, and is good for a minute. Sealed under <c>APP_SECRET</c>, kept nowhere.
/// </summary>
internal sealed class HopTokens(AppSecret secret, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const string Purpose = "session hop";
    private const int IdBytes = 16;
    private const int LongestToken = 300;

    // Clocks of machines differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <exception cref="CryptographicException">No secret is set.</exception>
    public string Issue(Hop hop)
    {
        var plain = new byte[sizeof(long) + (3 * IdBytes)];
        BinaryPrimitives.WriteInt64BigEndian(plain, time.GetUtcNow().ToUnixTimeMilliseconds());
        hop.SessionId.TryWriteBytes(plain.AsSpan(sizeof(long)));
        hop.UserId.TryWriteBytes(plain.AsSpan(sizeof(long) + IdBytes));
        hop.BootId.TryWriteBytes(plain.AsSpan(sizeof(long) + (2 * IdBytes)));
        return Base64Url.EncodeToString(secret.Encrypt(Purpose, plain));
    }

    /// <summary>What a token says; null when it is none, or too old.</summary>
    public Hop? Check(string token)
    {
        if (token.Length > LongestToken || !Base64Url.IsValid(token)) return null;

        try
        {
            var plain = secret.Decrypt(Purpose, Base64Url.DecodeFromChars(token));
            if (plain.Length != sizeof(long) + (3 * IdBytes)) return null;

            var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain));
            return age >= -Skew && age <= Lifetime + Skew ? new Hop(IdAt(plain, 0), IdAt(plain, 1), IdAt(plain, 2)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Guid IdAt(byte[] plain, int position) => new(plain.AsSpan(sizeof(long) + (position * IdBytes), IdBytes));
}

/// <summary>A request that goes from one program to another.</summary>
/// <param name="UserId">Whose request it is, as the first program found.</param>
/// <param name="BootId">Which run of the other program it is for.</param>
internal sealed record Hop(Guid SessionId, Guid UserId, Guid BootId);
