using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;

namespace PlaybookBuilder.Tests.Storage.Memory;

public sealed class MemoryStorageConformance : StorageConformance
{
    protected override IStorage Create() => new MemoryStorage(TimeProvider.System);
}
