using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Storage.Sbfs;

/// <summary>The whole suite while connections break all the time.</summary>
public sealed class SbfsStorageOverABadNetworkConformance(SevenBridgesPlatform platform) : StorageConformance, IClassFixture<SevenBridgesPlatform>, IAsyncLifetime
{
    private BadNetwork? _network;

    private protected override bool IsNetworkSound => false;

    public ValueTask InitializeAsync()
    {
        _network = new BadNetwork(platform.Fake.Port);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _network?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override IStorage Create() => new SbfsStorage(SbfsStores.Through(platform, _network!.Port));
}
