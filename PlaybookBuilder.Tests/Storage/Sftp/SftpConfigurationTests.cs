using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Sftp;

/// <summary>SFTP in <c>UFS_STORAGE</c>, with keys that are files.</summary>
public sealed class SftpConfigurationTests(SshServer server)
{
    [Fact]
    public async Task Url_WithAKeyFile_IsThatFolder()
    {
        await server.NeedAsync();
        using var storage = Open($"sftp://127.0.0.1:{server.Port}{server.FilesFolder}/by%20url?username={server.User}&key-file={server.ClientKeyFile}&host-key=SHA256:{server.HostKey}");
        await storage.WriteAsync("blob", Bytes(5));

        Assert.True(File.Exists(Path.Combine(server.FilesFolder, "by url", "blob")));
    }

    [Fact]
    public async Task Json_WithAKeyAsText_IsThatFolder()
    {
        await server.NeedAsync();
        var key = System.Text.Json.JsonSerializer.Serialize(await File.ReadAllTextAsync(server.ClientKeyFile, TestContext.Current.CancellationToken));
        using var storage = Open($$$"""{"cls":"ufs.impl.prefix.Prefix","prefix":"{{{server.FilesFolder}}}/by json","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"127.0.0.1","port":{{{server.Port}}},"username":"{{{server.User}}}","private_key":{{{key}}},"host_key":"SHA256:{{{server.HostKey}}}"}}""");
        await storage.WriteAsync("blob", Bytes(5));

        Assert.True(File.Exists(Path.Combine(server.FilesFolder, "by json", "blob")));
    }

    [Theory]
    [InlineData("", "is encrypted")]
    [InlineData("wrong", "its passphrase is wrong")]
    [InlineData("right", null)]
    public async Task Json_WithAnEncryptedKey_NeedsItsPassphrase(string passphrase, string? reason)
    {
        await server.NeedAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "key");
        await SshServer.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "right", "-f", file);
        var given = passphrase == "" ? "" : $",\"passphrase\":\"{passphrase}\"";
        var open = () => Open($$$"""{"cls":"ufs.impl.prefix.Prefix","prefix":"/srv","ufs":{"cls":"ufs.impl.sftp.SFTP","host":"a","username":"b","key_file":"{{{file}}}"{{{given}}}}}""");
        if (reason is null) open().Dispose();
        else Assert.Contains(reason, Assert.Throws<FormatException>(open).Message, StringComparison.Ordinal);
    }

    private static SftpStorage Open(string location) => (SftpStorage)StorageLocation.Open(location, NullLoggerFactory.Instance);
}
