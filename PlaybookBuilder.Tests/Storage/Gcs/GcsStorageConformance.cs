using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Gcs;

public sealed class GcsStorageConformance(GcsServer server) : StorageConformance, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await server.NeedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IStorage Create() => new GcsStorage(GcsStores.Settings(server));
}
