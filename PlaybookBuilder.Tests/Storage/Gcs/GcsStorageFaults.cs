using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Gcs;

public sealed class GcsStorageFaults(GcsServer server) : RemoteStorageFaults
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

    /// <summary>The server refuses bytes that don't have the checksum that was sent with them, and they are sent again.</summary>
    [Fact]
    public async Task Write_DamagedOnTheWay_IsNoticedAndWholeAllTheSame()
    {
        var storage = Create(Relay.Port, Retries);
        Relay.StrikeOnce(new Fault(FaultKind.Damage, InAnswer: false, After: 30_000));
        await storage.WriteAsync("blob", Bytes(200_000));

        Assert.NotEqual(0, Relay.Struck);
        Assert.Equal(Bytes(200_000), await storage.ReadAsync("blob"));
    }

    /// <summary>Of chunks the checksum is known at the end only: nobody sees what arrived.</summary>
    [Fact]
    public async Task Write_OfChunksDamagedOnTheWay_FailsAndShowsNothing()
    {
        var storage = Create(Relay.Port, Retries);
        await storage.WriteAsync("blob", Bytes(10));
        Relay.StrikeOnce(new Fault(FaultKind.Damage, InAnswer: false, After: 100_000));

        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.WriteAsync("blob", Bytes(600_000)));
        Assert.NotEqual(0, Relay.Struck);
        Assert.Equal(Bytes(10), await storage.ReadAsync("blob"));
        Assert.Equal(0, await storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
    }

    protected override async Task<int> StartServerAsync()
    {
        await server.NeedAsync();
        return server.Port;
    }

    private protected override IStorage Create(int port, CallRetries retries) => new GcsStorage(GcsStores.Settings(server, port) with { Retries = retries });
}
