using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Tests.Storage.Remote;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Sbfs;

public sealed class SbfsStorageFaults(SevenBridgesPlatform platform) : RemoteStorageFaults, IClassFixture<SevenBridgesPlatform>
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

    protected override Task<int> StartServerAsync() => Task.FromResult(platform.Fake.Port);

    private protected override IStorage Create(int port, CallRetries retries) => new SbfsStorage(SbfsStores.Through(platform, port) with { Retries = retries });
}
