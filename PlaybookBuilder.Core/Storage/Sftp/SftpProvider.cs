using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>
/// <c>{"cls": "ufs.impl.sftp.SFTP", "host": ..., "username": ..., "password": ...}</c> under a Prefix that names its folder, or <c>sftp://host/folder?username=...&amp;host-key=...&amp;key-file=...</c>
/// </summary>
internal static partial class SftpProvider
{
    public const string ClassName = "ufs.impl.sftp.SFTP";

    public const string Scheme = "sftp";

    private const string Example = $$"""{"cls":"{{PrefixProvider.ClassName}}","ufs":{"cls":"{{ClassName}}","host":"files.example.org","username":"lab","password":"...","host_key":"SHA256:..."},"prefix":"/srv/playbooks"}""";

    private const string UrlExample = "sftp://files.example.org/srv/playbooks?username=lab&key-file=/run/secrets/key&host-key=SHA256:...";

    private const string PasswordVariable = "SFTP_PASSWORD";
    private const string PassphraseVariable = "SFTP_KEY_PASSPHRASE";

    /// <summary>Alone it would be the whole server.</summary>
    public static IStorage FromNode(StorageNode node) => throw new FormatException($"'{node.ClassName}' needs a folder to stay in; write {Example}");

    public static IStorage FromNode(StorageNode node, string folder)
    {
        node.RequireOnly("host", "username", "password", "port", "private_key", "key_file", "passphrase", "host_key");
        var passphrase = node.OptionalText("passphrase") ?? Environment.GetEnvironmentVariable(PassphraseVariable);
        return Open(new SftpSettings
        {
            Host = node.Text("host"),
            Port = Port(node.Number("port") ?? SftpSettings.DefaultPort),
            Username = node.Text("username"),
            Password = node.OptionalText("password"),
            Key = node.OptionalText("private_key") is { } text ? ReadKey(Encoding.UTF8.GetBytes(text), passphrase) : ReadKeyFile(node.OptionalText("key_file"), passphrase),
            HostKey = ReadFingerprint(node.OptionalText("host_key")),
            Root = RootOf(folder),
            Logger = node.Loggers.CreateLogger<SftpStorage>(),
        });
    }

    public static IStorage FromUrl(string text)
    {
        var url = StorageUrl.Parse(text, UrlExample, "username", "key-file", "host-key");
        return Open(new SftpSettings
        {
            Host = url.Name.Trim('[', ']'),
            Port = url.Uri.IsDefaultPort ? SftpSettings.DefaultPort : Port(url.Uri.Port),
            Username = url.Parameter("username") ?? throw new FormatException($"the parameter 'username' is missing; an example is {UrlExample}"),
            Key = ReadKeyFile(url.Parameter("key-file"), Environment.GetEnvironmentVariable(PassphraseVariable)),
            HostKey = ReadFingerprint(url.Parameter("host-key")) ?? throw new FormatException($"the parameter 'host-key' is missing: what 'ssh-keygen -lf' shows of the server's key; an example is {UrlExample}"),
            Root = RootOf(url.Folder?.Value ?? ""),
        });
    }

    private static SftpStorage Open(SftpSettings settings)
    {
        var password = settings.Password ?? (settings.Key is null ? Environment.GetEnvironmentVariable(PasswordVariable) : null);
        return settings.Key is null && string.IsNullOrEmpty(password)
            ? throw new FormatException($"the credentials are missing: give 'password', 'private_key' or 'key_file' in JSON, 'key-file' in a URL, or set {PasswordVariable}")
            : new SftpStorage(settings with { Password = password });
    }

    private static string RootOf(string folder) => StoragePath.TryParse(folder.Trim('/'), out var path)
        ? $"/{path}"
        : throw new FormatException($"the folder on the SFTP server is missing, or is no path of one; write {Example}");

    private static int Port(double port) => port is >= 1 and <= 65535 && double.IsInteger(port) ? (int)port : throw new FormatException("the port of the SFTP server must be a whole number from 1 to 65535");

    private static PrivateKeyFile? ReadKeyFile(string? file, string? passphrase)
    {
        if (file is null) return null;

        try
        {
            return ReadKey(File.ReadAllBytes(file), passphrase);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException("the file of the private key can't be read", error);
        }
    }

    private static PrivateKeyFile ReadKey(byte[] text, string? passphrase)
    {
        try
        {
            using var content = new MemoryStream(text);
            return string.IsNullOrEmpty(passphrase) ? new PrivateKeyFile(content) : new PrivateKeyFile(content, passphrase);
        }
        catch (SshPassPhraseNullOrEmptyException error)
        {
            throw new FormatException($"the private key is encrypted: give 'passphrase' in JSON, or set {PassphraseVariable}", error);
        }
        catch (Exception error) when (error is SshException or NotSupportedException or FormatException or ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            throw new FormatException("the private key is not one of OpenSSH, PEM or PuTTY, or its passphrase is wrong", error);
        }
    }

    private static string? ReadFingerprint(string? text) => text is null
        ? null
        : Fingerprint().Match(text) is { Success: true } match ? match.Groups[1].Value : throw new FormatException("the host key must be a fingerprint such as SHA256:ohD8VZEXGWo6Ez8GSEJQ9WpafgLFsOfLOtGGQCQo6Og, as 'ssh-keygen -lf' shows it");

    [GeneratedRegex(@"\ASHA256:([A-Za-z0-9+/]{43})=?\z")]
    private static partial Regex Fingerprint();
}
