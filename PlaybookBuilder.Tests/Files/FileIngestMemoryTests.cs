using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

/// <summary>Counts the bytes that the whole process allocates, so nothing else may run at the same time.</summary>
[Collection(nameof(AloneCollection))]
public sealed class FileIngestMemoryTests
{
    private const long Size = 300L * 1024 * 1024;

    /// <summary>All allocations together, collected or not, of an upload of 300 MiB; an ingest that held or copied the body would need twenty times as much.</summary>
    private const long MostAllocated = 16L * 1024 * 1024;

    [Fact]
    public async Task Ingest_OfALargeBody_NeedsFlatMemory()
    {
        using var folder = new TemporaryFolder();
        using var database = SqliteStores.InMemory();
        var ingest = new FileIngest(new LocalStorage(folder.Path), new KnownDamage(database.Model), Options.Create(new UploadOptions()), TimeProvider.System);
        await ingest.IngestAsync(new GeneratedStream(1_000_000), static _ => Task.CompletedTask, CancellationToken.None);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var outcome = await ingest.IngestAsync(new GeneratedStream(Size), static _ => Task.CompletedTask, CancellationToken.None);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(Size, Assert.IsType<IngestOutcome.Stored>(outcome).Size);
        Assert.InRange(allocated, 0, MostAllocated);
    }
}
