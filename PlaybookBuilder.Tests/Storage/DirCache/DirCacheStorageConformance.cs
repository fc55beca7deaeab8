using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.DirCache;
using PlaybookBuilder.Core.Storage.Memory;

namespace PlaybookBuilder.Tests.Storage.DirCache;

public sealed class DirCacheStorageConformance : StorageConformance
{
    protected override IStorage Create() => new DirCacheStorage(new MemoryStorage(TimeProvider.System), TimeSpan.FromHours(1), TimeProvider.System);
}
