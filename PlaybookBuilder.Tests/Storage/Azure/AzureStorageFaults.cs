using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Azure;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Azure;

public sealed class AzureStorageFaults(AzuriteServer server) : RemoteStorageFaults
{
    [Theory]
    [InlineData(10)]
    [InlineData(300_000)]
    public async Task Write_ServerIsBusy_IsWholeAllTheSame(int size)
    {
        var storage = Create(Relay.Port, Retries);
        Relay.StrikeOnce(new Fault(FaultKind.Busy, InAnswer: false, After: 0));
        await storage.WriteAsync("blob", Bytes(size));

        Assert.NotEqual(0, Relay.Struck);
        Assert.Equal(Bytes(size), await storage.ReadAsync("blob"));
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
        await server.NeedAsync();
        return server.Port;
    }

    private protected override IStorage Create(int port, CallRetries retries) => new AzureStorage(AzureStores.Settings(server, port) with { Retries = retries });
}
