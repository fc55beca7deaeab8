using PlaybookBuilder.Core.Storage.DirCache;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.DirCache;

public sealed class DirCacheStorageTests
{
    [Fact]
    public async Task Stat_ChangedByOthers_IsSeenWhenTheTimeIsOver()
    {
        var (inner, clock) = (new MemoryStorage(TimeProvider.System), FakeClock.New());
        var storage = new DirCacheStorage(inner, TimeSpan.FromSeconds(60), clock);
        await storage.WriteAsync("blob", Bytes(10));
        Assert.Equal(10, (await storage.StatAsync("blob"))?.Size);
        await inner.WriteAsync("blob", Bytes(20));
        Assert.Equal(10, (await storage.StatAsync("blob"))?.Size);
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(20, (await storage.StatAsync("blob"))?.Size);
    }

    [Fact]
    public async Task Stat_ChangedThroughTheStorage_IsSeenAtOnce()
    {
        var storage = new DirCacheStorage(new MemoryStorage(TimeProvider.System), TimeSpan.FromSeconds(60), FakeClock.New());
        Assert.Null(await storage.StatAsync("blob"));
        await storage.WriteAsync("blob", Bytes(10));
        Assert.Equal(10, (await storage.StatAsync("blob"))?.Size);
        await storage.DeleteAsync(At("blob"), CancellationToken.None);

        Assert.Null(await storage.StatAsync("blob"));
    }
}
