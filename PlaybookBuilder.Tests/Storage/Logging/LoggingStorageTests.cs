using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Logging;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Logging;

public sealed class LoggingStorageTests
{
    [Fact]
    public async Task Calls_DoneAndFailed_AreLines()
    {
        var lines = new LoggedLines();
        var storage = new LoggingStorage(new MemoryStorage(TimeProvider.System), new StorageLog(lines.CreateLogger("storage")));
        await storage.WriteAsync("folder/blob", Bytes(10));
        await AssertFailsAsync(StorageErrorKind.NotFound, () => storage.ReadAsync("missing"));

        Assert.Contains(lines.Lines, line => line.Contains("commit of 'folder/blob' took", StringComparison.Ordinal));
        Assert.Contains(lines.Lines, line => line.Contains("open of 'missing' failed as NotFound", StringComparison.Ordinal));
    }
}
