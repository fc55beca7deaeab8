using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Sftp;

public sealed class SftpStorageFaults(SshServer server) : RemoteStorageFaults
{
    /// <summary>Both sides notice a changed byte by the connection's own checksums, and end it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_DamagedOnTheWay_AreNoticedAndWholeAllTheSame(bool inAnswer)
    {
        var storage = Create(Relay.Port, Retries);
        Relay.StrikeOnce(new Fault(FaultKind.Damage, inAnswer, After: 30_000));
        await storage.WriteAsync("blob", Bytes(300_000));

        Assert.Equal(Bytes(300_000), await storage.ReadAsync("blob"));
        Assert.NotEqual(0, Relay.Struck);
    }

    protected override async Task<int> StartServerAsync()
    {
        await server.NeedAsync();
        return server.Port;
    }

    private protected override IStorage Create(int port, CallRetries retries) => new SftpStorage(SftpStores.Settings(server, port) with { Retries = retries });
}
