using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Drs;

namespace PlaybookBuilder.Tests.Storage.Drs;

public sealed class DrsStorageConformance : ReadOnlyConformance, IAsyncLifetime
{
    private DrsServer? _server;
    private DrsStorage? _storage;

    public async ValueTask InitializeAsync() => _server = await DrsServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    protected override IStorage Create() => _storage = new DrsStorage(DrsStores.Settings(_server!.Port));

    protected override Task PutAsync(string path, byte[] content)
    {
        _server!.Put(path, content);
        return Task.CompletedTask;
    }
}
