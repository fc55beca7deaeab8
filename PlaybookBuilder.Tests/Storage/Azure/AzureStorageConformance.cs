using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Azure;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Azure;

public sealed class AzureStorageConformance(AzuriteServer server) : StorageConformance, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await server.NeedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IStorage Create() => new AzureStorage(AzureStores.Settings(server));
}
