using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Http;

/// <summary>The whole suite while connections break all the time.</summary>
public sealed class HttpStorageOverABadNetworkConformance(WebFileServer server) : ReadOnlyConformance, IAsyncLifetime
{
    private readonly string _folder = $"{Guid.NewGuid():N}";
    private BadNetwork? _network;
    private HttpStorage? _storage;

    public async ValueTask InitializeAsync()
    {
        await server.NeedAsync();
        _network = new BadNetwork(server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        if (_network is not null) await _network.DisposeAsync();
    }

    protected override IStorage Create() => _storage = new HttpStorage(HttpStores.Settings(server, _folder, _network!.Port));

    protected override Task PutAsync(string path, byte[] content) => server.PutAsync($"{_folder}/{path}", content);
}
