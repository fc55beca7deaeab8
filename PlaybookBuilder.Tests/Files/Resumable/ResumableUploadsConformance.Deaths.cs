using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Resumable;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Tests.Storage;
using PlaybookBuilder.Tests.Storage.Faults;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Files.Resumable;

/// <summary>What is left when somebody dies on the way, or several are at it.</summary>
public abstract partial class ResumableUploadsConformance
{
    /// <summary>A program that dies at a step does nothing after it; whoever comes next finds what it left.</summary>
    [Fact]
    public async Task Death_AtEachStep_LeavesItResumableOrFinished()
    {
        var bytes = Bytes(250_000);
        foreach (var (step, fault) in Steps())
        {
            var owner = await Host.NewUserAsync();
            var upload = await Uploads.CreateAsync(owner, "a", bytes.Length, Cancellation);
            await KeptAsync(owner, upload.Id, 0, bytes[..100_000]);
            fault();
            // Finished uploads leave the removal of their parts to others.
            if (step == "parts removed") await AppendAsync(owner, upload.Id, 100_000, bytes[100_000..]);
            else await Assert.ThrowsAsync<StorageException>(() => AppendAsync(owner, upload.Id, 100_000, bytes[100_000..]));
            (OnBeginWrite, OnStat, OnOpenRead, OnDelete) = (null, null, null, null);

            var found = (await Uploads.FindAsync(owner, upload.Id, Cancellation))!;
            if (found.File is null) found = await KeptAsync(owner, upload.Id, found.Received, bytes[(int)found.Received..]);
            await RemoveAsync(TimeSpan.FromDays(3));
            await IsWholeAsync(owner, found, bytes);
            await Host.Get<OwnUploads>().DeleteAsync(owner, IdOf(found.File!.Url), Cancellation);
            Assert.Empty(await _storage.ListAsync());
        }
    }

    [Fact]
    public async Task Append_CutOffAfterTheLastByte_IsAFileThoughNobodyAsks()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(100_000));
        var upload = await Uploads.CreateAsync(owner, "a", bytes.Length, Cancellation);

        await Uploads.AppendAsync(owner, upload.Id, 0, new CutStream(bytes), null, Cancellation);

        var file = Assert.Single((await Host.Get<OwnUploads>().ListAsync(owner, new PageRequest(), Cancellation)).Items);
        Assert.Equal(bytes, await _storage.ReadAsync(file.Sha256));
    }

    [Fact]
    public async Task Complete_OfWhatNobodyAsksAbout_MakesItAFile()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(100_000));
        var row = await CompleteButUnfinishedAsync(owner, bytes);
        await Uploads.CreateAsync(owner, "never sent", 5, Cancellation);

        Assert.Equal(0, await Unfinished(TimeSpan.FromSeconds(30)).CompleteAsync(Cancellation));
        Assert.Equal(0, await Unfinished(TimeSpan.FromHours(25)).CompleteAsync(Cancellation));
        Assert.Equal(1, await Unfinished(TimeSpan.FromMinutes(2)).CompleteAsync(Cancellation));

        var file = Assert.Single((await Host.Get<OwnUploads>().ListAsync(owner, new PageRequest(), Cancellation)).Items);
        Assert.Equal(bytes, await _storage.ReadAsync(file.Sha256));
        await IsWholeAsync(owner, (await Uploads.FindAsync(owner, row.Id, Cancellation))!, bytes);
        Assert.Equal(0, await Unfinished(TimeSpan.FromMinutes(2)).CompleteAsync(Cancellation));
    }

    [Fact]
    public async Task Complete_OfWhatIsRefused_LeavesItAndGoesOn()
    {
        var owner = await Host.NewUserAsync();
        var large = await CompleteButUnfinishedAsync(owner, Bytes(100_000));
        var small = await CompleteButUnfinishedAsync(owner, Bytes(10));
        Host.Get<IOptions<UploadOptions>>().Value.MaxBytes = 100;

        Assert.Equal(1, await Unfinished(TimeSpan.FromMinutes(2)).CompleteAsync(Cancellation));

        Assert.NotNull((await Uploads.FindAsync(owner, small.Id, Cancellation))!.File);
        await Assert.ThrowsAsync<UploadRefusedException>(() => Uploads.FindAsync(owner, large.Id, Cancellation));
    }

    [Fact]
    public async Task Complete_WhileTheStorageIsAway_IsForTheNextTime()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(100_000));
        await CompleteButUnfinishedAsync(owner, bytes);
        OnStat = static _ => throw Died();
        await Assert.ThrowsAsync<StorageException>(() => Unfinished(TimeSpan.FromMinutes(2)).CompleteAsync(Cancellation));
        OnStat = null;

        Assert.Equal(1, await Unfinished(TimeSpan.FromMinutes(2)).CompleteAsync(Cancellation));
    }

    [Fact]
    public async Task Complete_ByTwoProgramsAtOnce_IsOneFile()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(100_000));
        var row = await CompleteButUnfinishedAsync(owner, bytes);
        var (arrived, gate) = (0, new TaskCompletionSource());
        OnStat = path =>
        {
            if (Interlocked.Increment(ref arrived) == 2) gate.SetResult();
            return gate.Task.ContinueWith(_ => _storage.StatAsync(path, Cancellation), TaskScheduler.Default).Unwrap();
        };

        await Task.WhenAll(Program().TryCompleteAsync(row, Cancellation), Program().TryCompleteAsync(row, Cancellation));
        OnStat = null;

        await IsWholeAsync(owner, (await Uploads.FindAsync(owner, row.Id, Cancellation))!, bytes);
    }

    [Fact]
    public async Task Complete_OfWhatIsGivenUpMeanwhile_LeavesNothing()
    {
        var owner = await Host.NewUserAsync();
        var row = await CompleteButUnfinishedAsync(owner, Bytes(100_000));
        OnStat = path =>
        {
            OnStat = null;
            return GiveUpAsync(path);
        };

        Assert.True(await Program().TryCompleteAsync(row, Cancellation));

        Assert.Empty(await _storage.ListAsync());
        Assert.Empty((await Host.Get<OwnUploads>().ListAsync(owner, new PageRequest(), Cancellation)).Items);

        async Task<BlobInfo?> GiveUpAsync(StoragePath path)
        {
            await Uploads.DeleteAsync(owner, row.Id, Cancellation);
            return await _storage.StatAsync(path, Cancellation);
        }
    }

    [Fact]
    public async Task Complete_OfWhatIsRemovedBeforeItsRecord_IsTakenBackAndDoneAgain()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(100_000));
        var row = await CompleteButUnfinishedAsync(owner, bytes);
        var asked = 0;
        OnStat = path => ++asked == 2 ? RemoveAsync(path) : null;

        await Assert.ThrowsAsync<StorageException>(() => Program().TryCompleteAsync(row, Cancellation));

        Assert.Empty((await Host.Get<OwnUploads>().ListAsync(owner, new PageRequest(), Cancellation)).Items);
        await IsWholeAsync(owner, (await Uploads.FindAsync(owner, row.Id, Cancellation))!, bytes);

        async Task<BlobInfo?> RemoveAsync(StoragePath path)
        {
            await _storage.DeleteAsync(path, Cancellation);
            return null;
        }
    }

    [Fact]
    public async Task Complete_ThatTakesLong_GoesOnWithoutWhoWaits()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(100_000));
        var row = await CompleteButUnfinishedAsync(owner, bytes);
        var (begun, gate, clock) = (new TaskCompletionSource(), new TaskCompletionSource(), new FakeTimeProvider());
        OnStat = path =>
        {
            begun.TrySetResult();
            return gate.Task.ContinueWith(_ => _storage.StatAsync(path, Cancellation), TaskScheduler.Default).Unwrap();
        };
        var program = Program(clock);

        var waiting = program.TryCompleteAsync(row, Cancellation);
        await begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await waiting.WaitAsync(EngineHost.Patience, Cancellation));
        var again = program.TryCompleteAsync(row, Cancellation);
        gate.SetResult();

        Assert.True(await again.WaitAsync(EngineHost.Patience, Cancellation));
        OnStat = null;
        await IsWholeAsync(owner, (await Uploads.FindAsync(owner, row.Id, Cancellation))!, bytes);
    }

    [Fact]
    public async Task Remove_AfterADay_TakesWhatNobodyWentOnWith()
    {
        var owner = await Host.NewUserAsync();
        var half = await Uploads.CreateAsync(owner, "a", 1_000, Cancellation);
        await KeptAsync(owner, half.Id, 0, Bytes(500));
        await _storage.WriteAsync("parts/ofnobody/0000000000000000000-aa", Bytes(10));
        var content = (await KeptAsync(owner, (await Uploads.CreateAsync(owner, "b", 5, Cancellation)).Id, 0, Bytes(5))).File!;

        Assert.Equal(0, await RemoveAsync(TimeSpan.FromHours(23)));
        Assert.Equal(3, (await _storage.ListAsync()).Count);
        Assert.Equal(3, await RemoveAsync(TimeSpan.FromHours(25)));

        Assert.Equal([content.Sha256!], await _storage.ListAsync());
        await RefusedAsync(AccessProblem.NotFound, () => Uploads.FindAsync(owner, half.Id, Cancellation));
        Assert.Equal(0, await RemoveAsync(TimeSpan.FromHours(25)));
    }

    [Fact]
    public async Task AnyCall_AfterItsTime_FindsNothingToGoOnWith()
    {
        var owner = await Host.NewUserAsync();
        var upload = await Uploads.CreateAsync(owner, "a", 1_000, Cancellation);
        await Host.Get<IModelDatabase>().WriteAsync((context, token) => context.Set<ResumableUploadRow>().ExecuteUpdateAsync(row => row.SetProperty(one => one.Expires, DateTimeOffset.UtcNow.AddSeconds(-1)), token), Cancellation);

        Assert.Null(await Uploads.FindAsync(owner, upload.Id, Cancellation));
        Assert.Null(await AppendAsync(owner, upload.Id, 0, Bytes(10)));
        Assert.Empty(await Uploads.ListAsync(owner, Cancellation));
        Assert.Empty(await _storage.ListAsync());
    }

    [Fact]
    public async Task DeleteAccount_WithUploadsOnTheWay_FreesTheirParts()
    {
        var owner = await Host.NewUserAsync();
        var upload = await Uploads.CreateAsync(owner, "a", 1_000, Cancellation);
        await KeptAsync(owner, upload.Id, 0, Bytes(500));

        await Host.Get<AccountDeletion>().DeleteAsync(owner, PublishedChoice.Keep, new Visit("127.0.0.1", "Tests"), Cancellation);

        await RemoveAsync(TimeSpan.FromHours(25));
        Assert.Empty(await _storage.ListAsync());
    }

    // Where the storage is asked for something; the death is a failure after which nothing more is asked.
    private IEnumerable<(string Step, Action Fault)> Steps()
    {
        yield return ("part begun", () => OnBeginWrite = static _ => throw Died());
        yield return ("part written, not shown", () => OnBeginWrite = target => DyingAsync(target, static (_, _) => throw Died()));
        yield return ("part shown, not told of", () => OnBeginWrite = target => DyingAsync(target, static async (inner, path) =>
        {
            await inner.CommitAsync(path, Cancellation);
            throw Died();
        }));
        yield return ("parts read", () => OnOpenRead = static _ => throw Died());
        yield return ("content begun", () => OnBeginWrite = static target => target.Name is null ? throw Died() : null);
        yield return ("content written, not shown", () => OnBeginWrite = target => target.Name is null ? DyingAsync(target, static (_, _) => throw Died()) : null);
        yield return ("content looked for", () => OnStat = static _ => throw Died());
        yield return ("parts removed", () => OnDelete = static _ => throw Died());
    }

    private async Task<PendingBlob> DyingAsync(WriteTarget target, Func<PendingBlob, StoragePath, Task<BlobInfo>> commit)
    {
        var inner = await _storage.BeginWriteAsync(target, Cancellation);
        return new FaultyPendingBlob(target, inner) { OnCommit = path => commit(inner, path) };
    }

    private static StorageException Died() => new(StorageErrorKind.Unavailable, "dead");

    private async Task<ResumableUploadRow> CompleteButUnfinishedAsync(Actor owner, byte[] bytes)
    {
        var upload = await Uploads.CreateAsync(owner, "a", bytes.Length, Cancellation);
        OnStat = static _ => throw Died();
        await Assert.ThrowsAsync<StorageException>(() => AppendAsync(owner, upload.Id, 0, bytes));
        OnStat = null;
        return (await Host.Get<ResumableUploadStore>().FindAsync(upload.Id, Cancellation))!;
    }

    /// <summary>What another program has for it.</summary>
    private UploadCompletion Program(TimeProvider? clock = null) => new(
        Host.Get<FileIngest>(), Host.Get<IUploadStore>(), Host.Get<DeletedUploads>(), Host.Get<ResumableUploadStore>(), Host.Get<UploadParts>(), Host.Get<UploadQuota>(), Host.Get<IOptions<UploadOptions>>(), clock ?? TimeProvider.System, NullLogger<UploadCompletion>.Instance);

    private UnfinishedUploads Unfinished(TimeSpan later) => new(Host.Get<ResumableUploadStore>(), Program(), new FakeTimeProvider(DateTimeOffset.UtcNow + later), NullLogger<UnfinishedUploads>.Instance);

    private Task<int> RemoveAsync(TimeSpan later)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow + later);
        return new ExpiredUploads(Host.Get<ResumableUploadStore>(), Host.Get<UploadParts>(), clock).RemoveAsync(Cancellation);
    }

    /// <summary>Bytes whose sender is killed after the last of them.</summary>
    private sealed class CutStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException("reset") : base.ReadAsync(buffer, cancellationToken);
    }
}
