using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.S3;

/// <summary>The whole suite while connections break all the time.</summary>
public sealed class S3StorageOverABadNetworkConformance(CephGateway gateway) : StorageConformance, IAsyncLifetime
{
    private BadNetwork? _network;

    private protected override bool IsNetworkSound => false;

    public async ValueTask InitializeAsync()
    {
        await gateway.NeedAsync();
        _network = new BadNetwork(gateway.Port);
    }

    public ValueTask DisposeAsync() => _network?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override IStorage Create() => new S3Storage(S3Stores.Settings(_network!.Port));
}
