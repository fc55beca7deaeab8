using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Http;

public sealed class HttpStorageFaults(WebFileServer server) : RemoteReadingFaults
{
    private readonly string _folder = $"{Guid.NewGuid():N}";

    protected override async Task<int> StartServerAsync()
    {
        await server.NeedAsync();
        return server.Port;
    }

    private protected override IStorage Create(int port, CallRetries retries) => new HttpStorage(HttpStores.Settings(server, _folder, port) with { Retries = retries });

    protected override Task PutAsync(string path, byte[] content) => server.PutAsync($"{_folder}/{path}", content);
}
