using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;

namespace PlaybookBuilder.Tests.Files;

public sealed class MemoryFileIngestTests : FileIngestTests
{
    private protected override IStorage Create() => new MemoryStorage(TimeProvider.System);
}
