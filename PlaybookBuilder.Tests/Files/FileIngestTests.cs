using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Tests.Storage;
using PlaybookBuilder.Tests.Storage.Faults;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Files;

/// <summary>Ingest over each storage; see the subclasses.</summary>
public abstract class FileIngestTests : IDisposable
{
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly Lazy<IStorage> _storage;
    private readonly SqliteStores _database = SqliteStores.InMemory();

    protected FileIngestTests() => _storage = new(Create);

    private IStorage Storage => _storage.Value;

    public virtual void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract IStorage Create();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_071)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    [InlineData(262_144)]
    [InlineData(1_000_003)]
    public async Task Ingest_Body_IsStoredUnderItsHash(int size)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await ReadAllAsync(new GeneratedStream(size))));
        var outcome = await IngestAsync(new GeneratedStream(size));

        Assert.Equal(new IngestOutcome.Stored(sha256, size, WasThere: false), outcome);
        Assert.Equal([sha256], await Storage.ListAsync());
        Assert.Equal(await ReadAllAsync(new GeneratedStream(size)), await Storage.ReadAsync(sha256));
    }

    [Fact]
    public async Task Ingest_Nothing_IsTheHashOfNothing() => Assert.Equal(new IngestOutcome.Stored(OfNothing, 0, WasThere: false), await IngestAsync(Stream.Null));

    [Fact]
    public async Task Ingest_SameContentAgain_IsNotStoredTwice()
    {
        var first = Assert.IsType<IngestOutcome.Stored>(await IngestAsync(new GeneratedStream(100_000)));
        var commits = 0;
        var counting = new FaultyStorage(Storage)
        {
            OnBeginWrite = async target =>
            {
                var inner = await Storage.BeginWriteAsync(target, CancellationToken.None);
                return new FaultyPendingBlob(target, inner) { OnCommit = path => { commits++; return inner.CommitAsync(path, CancellationToken.None); } };
            },
        };

        Assert.Equal(first with { WasThere = true }, await IngestAsync(new GeneratedStream(100_000), counting));
        Assert.Equal(0, commits);
        Assert.Equal([first.Sha256], await Storage.ListAsync());
    }

    [Fact]
    public async Task Ingest_OverADamagedBlob_MendsIt()
    {
        var sha256 = Assert.IsType<IngestOutcome.Stored>(await IngestAsync(new GeneratedStream(100_000))).Sha256;
        await Storage.WriteAsync(sha256, Bytes(99));

        Assert.Equal(new IngestOutcome.Stored(sha256, 100_000, WasThere: false), await IngestAsync(new GeneratedStream(100_000)));
        Assert.Equal(await ReadAllAsync(new GeneratedStream(100_000)), await Storage.ReadAsync(sha256));
    }

    [Fact]
    public async Task Ingest_SameContentByManyAtOnce_IsStoredOnce()
    {
        using var barrier = new Barrier(8);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => IngestAsync(new GeneratedStream(1_000_000) { OnRead = position => Meet(barrier, position) }), TaskCreationOptions.LongRunning).Unwrap()));

        var sha256 = Assert.Single(outcomes.Cast<IngestOutcome.Stored>().Select(stored => stored.Sha256).Distinct());
        Assert.Equal([sha256], await Storage.ListAsync());
        Assert.Equal(1_000_000, (await Storage.StatAsync(sha256))?.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500_000)]
    public async Task Ingest_CancelledOnTheWay_LeavesNothing(long at)
    {
        using var cancellation = new CancellationTokenSource();
        var body = new GeneratedStream(1_000_000) { OnRead = position => CancelAt(cancellation, position >= at) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ingest(Storage).IngestAsync(body, static _ => Task.CompletedTask, cancellation.Token));
        Assert.Empty(await Storage.ListAsync());
        AssertNoTraces();
    }

    [Fact]
    public async Task Ingest_BodyThatBreaks_PassesItsErrorAndLeavesNothing()
    {
        var body = new GeneratedStream(1_000_000) { OnRead = position => Break(position > 500_000) };

        Assert.Equal("connection reset", (await Assert.ThrowsAsync<IOException>(() => IngestAsync(body))).Message);
        Assert.Empty(await Storage.ListAsync());
        AssertNoTraces();
    }

    [Fact]
    public async Task Ingest_StorageThatFailsAtTheCommit_LeavesNothing()
    {
        var failing = new FaultyStorage(Storage)
        {
            OnBeginWrite = async target => new FaultyPendingBlob(target, await Storage.BeginWriteAsync(target, CancellationToken.None))
            {
                OnCommit = _ => throw new StorageException(StorageErrorKind.OutOfSpace, "full"),
            },
        };

        await AssertFailsAsync(StorageErrorKind.OutOfSpace, () => IngestAsync(new GeneratedStream(1_000), failing));
        Assert.Empty(await Storage.ListAsync());
        AssertNoTraces();
    }

    [Theory]
    [InlineData(300_000, true)]
    [InlineData(300_001, false)]
    [InlineData(long.MaxValue, false)]
    public async Task Ingest_AgainstALimit_TakesUpToIt(long size, bool isTaken)
    {
        var ingest = new FileIngest(Storage, new KnownDamage(_database.Model), Options.Create(new UploadOptions { MaxBytes = 300_000 }), TimeProvider.System);
        var outcome = await ingest.IngestAsync(new GeneratedStream(size), static _ => Task.CompletedTask, CancellationToken.None);

        Assert.Equal(isTaken, outcome is IngestOutcome.Stored { Size: 300_000 });
        Assert.Equal(!isTaken, outcome is IngestOutcome.TooLarge { MaxBytes: 300_000 });
        Assert.Equal(isTaken ? 1 : 0, (await Storage.ListAsync()).Count);
    }

    [Fact]
    public async Task RemoveAbandoned_AsksForWhatRestedADay()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero));
        var asked = new List<DateTimeOffset>();
        var recording = new FaultyStorage(Storage) { OnRemoveAbandoned = before => { asked.Add(before); return Task.FromResult(7); } };

        Assert.Equal(7, await new FileIngest(recording, new KnownDamage(_database.Model), Options.Create(new UploadOptions()), clock).RemoveAbandonedAsync(CancellationToken.None));
        Assert.Equal([new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)], asked);
    }

    private protected virtual void AssertNoTraces()
    {
    }

    private FileIngest Ingest(IStorage storage) => new(storage, new KnownDamage(_database.Model), Options.Create(new UploadOptions()), TimeProvider.System);

    private static void Meet(Barrier barrier, long position)
    {
        if (position == 1_000_000)
            Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(30)));
    }

    private static void CancelAt(CancellationTokenSource cancellation, bool isThere)
    {
        if (isThere)
            cancellation.Cancel();
    }

    private static void Break(bool isThere)
    {
        if (isThere)
            throw new IOException("connection reset");
    }

    private Task<IngestOutcome> IngestAsync(Stream body, IStorage? storage = null) => Ingest(storage ?? Storage).IngestAsync(body, static _ => Task.CompletedTask, CancellationToken.None);
}
