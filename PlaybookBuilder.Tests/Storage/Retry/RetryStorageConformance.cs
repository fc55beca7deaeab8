using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Retry;

namespace PlaybookBuilder.Tests.Storage.Retry;

public sealed class RetryStorageConformance : StorageConformance
{
    protected override IStorage Create() => new RetryStorage(new MemoryStorage(TimeProvider.System), CallRetries.Default);
}
