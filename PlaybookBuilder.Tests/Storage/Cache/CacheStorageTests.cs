using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Cache;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Tests.Storage.Faults;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Cache;

public sealed class CacheStorageTests
{
    private readonly MemoryStorage _far = new(TimeProvider.System);
    private readonly MemoryStorage _near = new(TimeProvider.System);
    private int _opened;

    [Fact]
    public async Task Read_ASecondTime_AsksTheFarStorageForNoBytes()
    {
        await _far.WriteAsync("blob", Bytes(1_000));
        var storage = Over(_near, 1_000_000);
        for (var i = 0; i < 3; i++)
            Assert.Equal(Bytes(1_000)[10..20], await storage.ReadAsync("blob", new ByteRange(10, 10)));

        Assert.Equal(1, _opened);
    }

    [Fact]
    public async Task Read_ReplacedByOthers_IsTheNewOne()
    {
        await _far.WriteAsync("blob", Bytes(1_000));
        var storage = Over(_near, 1_000_000);
        await storage.ReadAsync("blob");
        await _far.WriteAsync("blob", Bytes(1_001, seed: 2));

        Assert.Equal(Bytes(1_001, seed: 2), await storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Read_DeletedByOthers_IsNotFound()
    {
        await _far.WriteAsync("blob", Bytes(1_000));
        var storage = Over(_near, 1_000_000);
        await storage.ReadAsync("blob");
        await _far.DeleteAsync(At("blob"), CancellationToken.None);

        await AssertFailsAsync(StorageErrorKind.NotFound, () => storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Read_MoreThanThereIsRoomFor_KeepsTheRoomBounded()
    {
        var storage = Over(_near, 10_000);
        for (var i = 0; i < 20; i++)
        {
            await _far.WriteAsync($"{i}", Bytes(2_000, i));
            Assert.Equal(Bytes(2_000, i), await storage.ReadAsync($"{i}"));
        }

        Assert.InRange((await _near.ListAsync()).Count, 2, 5);
    }

    [Fact]
    public async Task Read_TooLargeForTheRoom_GoesPastIt()
    {
        await _far.WriteAsync("blob", Bytes(9_000));

        Assert.Equal(Bytes(9_000), await Over(_near, 10_000).ReadAsync("blob"));
        Assert.Empty(await _near.ListAsync());
    }

    [Fact]
    public async Task Read_NearStorageFails_GoesOnWithoutIt()
    {
        await _far.WriteAsync("blob", Bytes(1_000));
        var broken = new FaultyStorage(_near) { OnBeginWrite = _ => throw new StorageException(StorageErrorKind.OutOfSpace, "full"), OnOpenRead = (_, _) => throw new StorageException(StorageErrorKind.Failed, "broken") };

        Assert.Equal(Bytes(1_000), await Over(broken, 1_000_000).ReadAsync("blob"));
    }

    [Fact]
    public async Task Read_FarStorageFails_SaysSo()
    {
        await _far.WriteAsync("blob", Bytes(1_000));
        var broken = new FaultyStorage(_far) { OnOpenRead = (_, _) => throw new StorageException(StorageErrorKind.Unavailable, "away") };

        await AssertFailsAsync(StorageErrorKind.Unavailable, () => new CacheStorage(broken, new CacheRoom(_near, 1_000_000)).ReadAsync("blob"));
    }

    private CacheStorage Over(IStorage near, long mostBytes)
    {
        var counted = new FaultyStorage(_far)
        {
            OnOpenRead = (path, range) =>
            {
                _opened++;
                return _far.OpenReadAsync(path, range, CancellationToken.None);
            },
        };
        return new CacheStorage(counted, new CacheRoom(near, mostBytes));
    }
}
