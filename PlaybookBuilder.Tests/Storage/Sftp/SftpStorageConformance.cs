using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Sftp;

public sealed class SftpStorageConformance(SshServer server) : StorageConformance, IAsyncLifetime
{
    private SftpStorage? _storage;

    public async ValueTask InitializeAsync() => await server.NeedAsync();

    public ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IStorage Create() => _storage = new SftpStorage(SftpStores.Settings(server));
}
