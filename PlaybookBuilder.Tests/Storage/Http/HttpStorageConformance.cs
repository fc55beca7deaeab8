using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Http;

public sealed class HttpStorageConformance(WebFileServer server) : ReadOnlyConformance, IAsyncLifetime
{
    private readonly string _folder = $"{Guid.NewGuid():N}";
    private HttpStorage? _storage;

    public async ValueTask InitializeAsync() => await server.NeedAsync();

    public ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IStorage Create() => _storage = new HttpStorage(HttpStores.Settings(server, _folder));

    protected override Task PutAsync(string path, byte[] content) => server.PutAsync($"{_folder}/{path}", content);
}
