using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.S3;

public sealed class S3StorageFaults(CephGateway gateway) : RemoteStorageFaults
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_ServerIsBusy_IsWholeAllTheSame(bool isLarge)
    {
        var storage = Create(Relay.Port, Retries);
        Relay.StrikeOnce(new Fault(FaultKind.Busy, InAnswer: false, After: 0));
        await storage.WriteAsync("blob", Bytes(isLarge ? 300_000 : 10));

        Assert.NotEqual(0, Relay.Struck);
        Assert.Equal(Bytes(isLarge ? 300_000 : 10), await storage.ReadAsync("blob"));
    }

    /// <summary>The server refuses bytes that don't have the digest that was sent with them, and they are sent again.</summary>
    [Theory]
    [InlineData(40_000)]
    [InlineData(300_000)]
    public async Task Write_DamagedOnTheWay_IsNoticedAndWholeAllTheSame(int size)
    {
        var storage = Create(Relay.Port, Retries);
        Relay.StrikeOnce(new Fault(FaultKind.Damage, InAnswer: false, After: 30_000));
        await storage.WriteAsync("blob", Bytes(size));

        Assert.NotEqual(0, Relay.Struck);
        Assert.Equal(Bytes(size), await storage.ReadAsync("blob"));
    }

    protected override async Task<int> StartServerAsync()
    {
        await gateway.NeedAsync();
        return gateway.Port;
    }

    private protected override IStorage Create(int port, CallRetries retries) => new S3Storage(S3Stores.Settings(port) with { Retries = retries });
}
