using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Sftp;

/// <summary>In a folder without rights for anybody.</summary>
public sealed class SftpStorageRefusals(SshServer server) : RefusalConformance, IDisposable
{
    private SftpStorage? _storage;

    public void Dispose() => _storage?.Dispose();

    private protected override async Task<IStorage> CreateRefusingAsync()
    {
        await server.NeedAsync();
        var settings = SftpStores.Settings(server);
        _storage = new SftpStorage(settings);
        await _storage.WriteAsync("folder/blob", StorageReading.Bytes(10));
        await SshServer.RunAsync("chmod", "000", settings.Root);
        return _storage;
    }
}
