using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Secrets;

namespace PlaybookBuilder.Web.Authentication.Keys;

/// <summary>The keys of Data Protection in the database.</summary>
/// <remarks>
/// Who may write to the database but does not know <c>APP_SECRET</c> can add no key: one counts only if its secret was encrypted
/// under that. Data Protection itself would also take one in clear text, or encrypted by whatever the row names. Keys that can't
/// be read are passed over, so that one changed row or a dropped secret keeps nobody from starting.
/// </remarks>
internal sealed partial class SecretKeyRepository(PostgresKeyStore store, AppSecret secret, ILogger<SecretKeyRepository> logger) : IXmlRepository
{
    private static readonly XNamespace DataProtection = "http://schemas.asp.net/2015/03/dataProtection";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var rows = store.Read();
        XElement[] elements = [.. rows.Select(Parse).OfType<XElement>().Where(element => element.Name != "key" || IsReadable(element))];
        if (elements.Length < rows.Count) LogUnreadable(rows.Count - elements.Length, AppSecretOptions.Variable);
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName) => store.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));

    private static XElement? Parse(string xml)
    {
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private bool IsReadable(XElement key)
    {
        // What is encrypted stands in the place of the one element that has to be.
        if (key.Descendants("masterKey").Any() || key.Descendants(DataProtection + "encryptedSecret").ToArray() is not [var encrypted]) return false;

        if (!IsOurs(encrypted.Attribute("decryptorType")?.Value) || encrypted.Elements().ToArray() is not [var content]) return false;

        try
        {
            SecretXmlDecryptor.Decrypt(secret, content);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return false;
        }
    }

    // Type and assembly, of whatever version.
    private static bool IsOurs(string? decryptor) =>
        decryptor?.Split(", ") is [var type, var assembly, ..] && type == typeof(SecretXmlDecryptor).FullName && assembly == typeof(SecretXmlDecryptor).Assembly.GetName().Name;

    [LoggerMessage(LogLevel.Warning, "{Count} of the keys that protect what browsers hold can't be read and are passed over: they were encrypted under a secret that {Variable} does not list, or were changed. Whoever holds something that they protect has to sign in anew")]
    private partial void LogUnreadable(int count, string variable);
}
