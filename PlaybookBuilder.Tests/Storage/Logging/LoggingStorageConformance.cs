using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Logging;
using PlaybookBuilder.Core.Storage.Memory;

namespace PlaybookBuilder.Tests.Storage.Logging;

public sealed class LoggingStorageConformance : StorageConformance
{
    protected override IStorage Create() => new LoggingStorage(new MemoryStorage(TimeProvider.System), new StorageLog(NullLogger.Instance));
}
