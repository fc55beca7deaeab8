using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.S3;

public sealed class S3StorageConformance(CephGateway gateway) : StorageConformance, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await gateway.NeedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IStorage Create() => new S3Storage(S3Stores.Settings(gateway.Port));
}
