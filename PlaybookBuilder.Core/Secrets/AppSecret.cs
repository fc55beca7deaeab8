using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Secrets;

/// <summary>Encrypts what is kept, under the secret of the deployment.</summary>
/// <remarks>
/// AES-256-GCM with a random nonce of 96 bits (NIST SP 800-38D); the key is derived by HKDF-SHA-256 (RFC 5869) from the secret for
/// each purpose. What is encrypted begins with a mark of its key, so that secrets can be rotated.
/// </remarks>
public sealed class AppSecret(IOptions<AppSecretOptions> options)
{
    private const int KeyBytes = 32;
    private const int MarkBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly string[] _secrets = options.Value.Secrets;

    /// <exception cref="CryptographicException">No secret is set.</exception>
    public byte[] Encrypt(string purpose, ReadOnlySpan<byte> plain)
    {
        if (_secrets.Length == 0) throw new CryptographicException($"{AppSecretOptions.Variable} is not set.");

        var (key, mark) = Derive(_secrets[0], purpose);
        var result = new byte[MarkBytes + NonceBytes + TagBytes + plain.Length];
        mark.CopyTo(result, 0);
        var nonce = result.AsSpan(MarkBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(MarkBytes + NonceBytes + TagBytes), result.AsSpan(MarkBytes + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return result;
    }

    /// <exception cref="CryptographicException">It was encrypted under a secret that is not listed, for another purpose, or was changed.</exception>
    public byte[] Decrypt(string purpose, ReadOnlySpan<byte> encrypted)
    {
        if (encrypted.Length < MarkBytes + NonceBytes + TagBytes) throw new CryptographicException("What is to be decrypted is too short.");

        foreach (var secret in _secrets)
        {
            var (key, mark) = Derive(secret, purpose);
            if (!encrypted[..MarkBytes].SequenceEqual(mark)) continue;

            var plain = new byte[encrypted.Length - MarkBytes - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(encrypted.Slice(MarkBytes, NonceBytes), encrypted[(MarkBytes + NonceBytes + TagBytes)..], encrypted.Slice(MarkBytes + NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose));
            return plain;
        }

        throw new CryptographicException($"It was encrypted under a secret that {AppSecretOptions.Variable} does not list.");
    }

    /// <summary>A key for one purpose, the same in all programs of the deployment; null where no secret is set.</summary>
    public byte[]? FindKey(string purpose) => _secrets.Length == 0 ? null : Derive(_secrets[0], purpose).Key;

    private static (byte[] Key, byte[] Mark) Derive(string secret, string purpose)
    {
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes + MarkBytes, info: Encoding.UTF8.GetBytes($"playbook-builder {purpose}"));
        return (derived[..KeyBytes], derived[KeyBytes..]);
    }
}
