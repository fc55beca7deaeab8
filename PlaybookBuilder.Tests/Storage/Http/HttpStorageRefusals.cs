using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Http;

public sealed class HttpStorageRefusals(WebFileServer server) : RefusalConformance
{
    private protected override async Task<IStorage> CreateRefusingAsync()
    {
        await server.NeedAsync();
        await server.PutAsync($"{WebFileServer.Guarded}/folder/blob", StorageReading.Bytes(10));
        return new HttpStorage(HttpStores.Settings(server, WebFileServer.Guarded) with { Headers = [new(WebFileServer.Key, "another word")] });
    }
}
