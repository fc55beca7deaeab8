using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Tests.Storage.Prefix;

public sealed class PrefixStorageConformance : StorageConformance
{
    protected override IStorage Create() => new PrefixStorage(new MemoryStorage(TimeProvider.System), StoragePath.Parse("some/prefix"));
}
