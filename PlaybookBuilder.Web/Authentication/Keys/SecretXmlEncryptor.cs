using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using PlaybookBuilder.Core.Secrets;

namespace PlaybookBuilder.Web.Authentication.Keys;

/// <summary>Encrypts the keys of Data Protection under <c>APP_SECRET</c>: whoever reads the database reads no key.</summary>
internal sealed class SecretXmlEncryptor(AppSecret secret) : IXmlEncryptor
{
    public const string Purpose = "data protection keys";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("encrypted", Convert.ToBase64String(secret.Encrypt(Purpose, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))), typeof(SecretXmlDecryptor));
}

/// <summary>The other direction; made by Data Protection from its name in the key.</summary>
internal sealed class SecretXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => Decrypt(services.GetRequiredService<AppSecret>(), encryptedElement);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was encrypted under a secret that is not listed, or changed.</exception>
    /// <exception cref="FormatException">It is nothing that was encrypted.</exception>
    public static XElement Decrypt(AppSecret secret, XElement encrypted) =>
        XElement.Parse(Encoding.UTF8.GetString(secret.Decrypt(SecretXmlEncryptor.Purpose, Convert.FromBase64String(encrypted.Value))));
}
