using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Sftp;

/// <summary>The whole suite while connections break all the time. All calls share one connection here, so each break hits all of them, and they need more tries.</summary>
public sealed class SftpStorageOverABadNetworkConformance(SshServer server) : StorageConformance, IAsyncLifetime
{
    private static readonly CallRetries Retries = new(40, TimeSpan.Zero, TimeSpan.FromSeconds(20));

    private BadNetwork? _network;
    private SftpStorage? _storage;

    private protected override bool IsNetworkSound => false;

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

    protected override IStorage Create() => _storage = new SftpStorage(SftpStores.Settings(server, _network!.Port) with { Retries = Retries });
}
