using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Cache;
using PlaybookBuilder.Core.Storage.Memory;

namespace PlaybookBuilder.Tests.Storage.Cache;

public sealed class CacheStorageConformance : StorageConformance
{
    protected override IStorage Create() => new CacheStorage(new MemoryStorage(TimeProvider.System), new CacheRoom(new MemoryStorage(TimeProvider.System), mostBytes: 2_000_000));
}
