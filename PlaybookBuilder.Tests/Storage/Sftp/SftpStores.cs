using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Sftp;

/// <summary>Storages on the server, each in a folder of its own. Parts are small, so that blobs of ordinary tests have several.</summary>
internal static class SftpStores
{
    public static SftpSettings Settings(SshServer server, int? port = null) => new()
    {
        Host = "127.0.0.1",
        Port = port ?? server.Port,
        Username = server.User,
        Key = server.ClientKey,
        HostKey = server.HostKey,
        Root = $"{server.FilesFolder}/test {Guid.NewGuid():N}",
        PartSize = 64 * 1024,
        Retries = new CallRetries(8, TimeSpan.Zero, TimeSpan.FromSeconds(20)),
    };
}
