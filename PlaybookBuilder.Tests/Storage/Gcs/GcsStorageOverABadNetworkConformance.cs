using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Gcs;

/// <summary>The whole suite while connections break all the time.</summary>
public sealed class GcsStorageOverABadNetworkConformance(GcsServer server) : StorageConformance, IAsyncLifetime
{
    private BadNetwork? _network;

    private protected override bool IsNetworkSound => false;

    public async ValueTask InitializeAsync()
    {
        await server.NeedAsync();
        _network = new BadNetwork(server.Port);
    }

    public ValueTask DisposeAsync() => _network?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override IStorage Create() => new GcsStorage(GcsStores.Settings(server, _network!.Port));
}
