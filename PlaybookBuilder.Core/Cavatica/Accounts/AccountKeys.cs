using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace PlaybookBuilder.Core.Cavatica.Accounts;

/// <summary>Users' keys as they are kept: encrypted, each readable in its own user's record only.</summary>
/// <param name="protection">Asked for only when there is a key: not every program that is made of this library has one.</param>
internal sealed class AccountKeys(Func<IDataProtectionProvider> protection)
{
    private const string Purpose = "playbook-builder cavatica key";

    public byte[] Encrypt(Guid userId, string key) => ProtectorOf(userId).Protect(Encoding.UTF8.GetBytes(key));

    /// <exception cref="CavaticaAccountException">With <see cref="CavaticaAccountProblem.KeyUnreadable"/>.</exception>
    public string Decrypt(Guid userId, byte[] encrypted)
    {
        try
        {
            return Encoding.UTF8.GetString(ProtectorOf(userId).Unprotect(encrypted));
        }
        catch (CryptographicException exception)
        {
            throw new CavaticaAccountException(CavaticaAccountProblem.KeyUnreadable, "Your CAVATICA key can't be read any more, because the secrets of this installation were changed. Enter it again on the page Integrations of your account.", exception);
        }
    }

    private IDataProtector ProtectorOf(Guid userId) => protection().CreateProtector(Purpose, userId.ToString());
}
