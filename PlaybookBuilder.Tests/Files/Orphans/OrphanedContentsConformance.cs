using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Orphans;
using PlaybookBuilder.Core.Hosting;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Tests.Storage;
using PlaybookBuilder.Tests.Storage.Faults;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files.Orphans;

/// <summary>Stored contents that no record names, on every database.</summary>
public abstract class OrphanedContentsConformance : IAsyncLifetime
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(7);

    private readonly FakeTimeProvider _clock = FakeClock.New();
    private readonly MemoryStorage _storage;
    private FilesHost? _host;

    protected OrphanedContentsConformance() => _storage = new(_clock);

    private protected FilesHost Host => _host!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // What a test does at a place in the storage; null for what the storage does.
    private Func<StoragePath, Task<BlobInfo?>?>? OnStat { get; set; }

    private Func<StoragePath, Task?>? OnDelete { get; set; }

    public async ValueTask InitializeAsync()
    {
        _host = await FilesHost.StartAsync(await OpenAsync(), services => services.Replace(ServiceDescriptor.Singleton(Watched())));
        // From here on it knows what it finds.
        Assert.Equal(0, await RemoveAsync());
        _clock.Advance(TimeSpan.FromHours(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    [Fact]
    public async Task Remove_OfWhatNoRecordNames_WaitsForItsAgeAndLeavesTheRest()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        var lost = await LoseAsync("lost");
        string[] others = ["notes.txt", $"parts/{lost}", $"{lost}0", lost.ToUpperInvariant()];
        foreach (var other in others) await _storage.WriteAsync(other, [1]);

        _clock.Advance(Age - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await RemoveAsync());
        _clock.Advance(TimeSpan.FromMinutes(2));
        var young = await LoseAsync("young");
        Assert.Equal(1, await RemoveAsync());

        Assert.Equal([.. others.Append(young).Append(Sha256Of(FilesHost.Counts)).Order(StringComparer.Ordinal)], (await _storage.ListAsync()).Order(StringComparer.Ordinal));
        await IsReadableAsync(url, FilesHost.Counts);
        Assert.Equal(0, await RemoveAsync());
    }

    [Fact]
    public async Task Remove_OfMany_TakesAllOfThemAndNoOther()
    {
        const int Many = 1_203;
        for (var i = 0; i < Many; i++) await LoseAsync($"lost {i}");
        var url = await Host.UploadAsync(null);
        _clock.Advance(Age * 2);

        Assert.Equal(Many, await RemoveAsync());

        Assert.Equal([Sha256Of(FilesHost.Counts)], await _storage.ListAsync());
        await IsReadableAsync(url, FilesHost.Counts);
    }

    [Fact]
    public async Task Remove_OfWhatWasThereBeforeTheDatabase_LeavesIt()
    {
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-2));
        await LoseAsync("of another installation");
        _clock.Advance(Age * 2);

        Assert.Equal(0, await RemoveAsync());
        Assert.Single(await _storage.ListAsync());
    }

    [Fact]
    public async Task Upload_OfWhatIsRemovedAfterItWasFound_IsStoredAgain()
    {
        await LoseAsync(FilesHost.Counts);
        _clock.Advance(Age * 2);
        OnStat = path =>
        {
            OnStat = null;
            return FindAndRemoveAsync(path);
        };

        await IsReadableAsync(await Host.UploadAsync(null), FilesHost.Counts);

        async Task<BlobInfo?> FindAndRemoveAsync(StoragePath path)
        {
            var found = await _storage.StatAsync(path, Cancellation);
            Assert.Equal(1, await RemoveAsync());
            return found;
        }
    }

    [Fact]
    public async Task Upload_OfWhatIsBeingRemoved_WaitsAndIsStoredAgain()
    {
        await LoseAsync(FilesHost.Counts);
        _clock.Advance(Age * 2);
        var (begun, gate, found) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        OnDelete = path =>
        {
            OnDelete = null;
            return RemoveLaterAsync(path);
        };
        var removal = Task.Run(RemoveAsync, Cancellation);
        await begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        OnStat = path =>
        {
            found.TrySetResult();
            return null;
        };

        var upload = Task.Run(() => Host.UploadAsync(null), Cancellation);
        await found.Task.WaitAsync(EngineHost.Patience, Cancellation);
        Assert.False(upload.IsCompleted);
        gate.SetResult();

        Assert.Equal(1, await removal.WaitAsync(EngineHost.Patience, Cancellation));
        await IsReadableAsync(await upload.WaitAsync(EngineHost.Patience, Cancellation), FilesHost.Counts);

        async Task RemoveLaterAsync(StoragePath path)
        {
            begun.SetResult();
            await gate.Task;
            await _storage.DeleteAsync(path, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Remove_OfWhatCameAnewSinceItWasListed_LeavesIt()
    {
        var lost = await LoseAsync("lost");
        _clock.Advance(Age * 2);
        OnStat = path =>
        {
            OnStat = null;
            return WriteAgainAsync(path);
        };

        Assert.Equal(0, await RemoveAsync());
        Assert.Equal([lost], await _storage.ListAsync());

        async Task<BlobInfo?> WriteAgainAsync(StoragePath path)
        {
            await _storage.WriteAsync(path.Value, Encoding.UTF8.GetBytes("lost"));
            return await _storage.StatAsync(path, Cancellation);
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Remove_WhereNothingCanBeListedOrDeleted_DoesNothing(bool isListable, bool isWritable)
    {
        await LoseAsync("lost");
        _clock.Advance(Age * 2);
        var storage = new FaultyStorage(_storage) { Claimed = _storage.Capabilities with { Listable = isListable, Writable = isWritable }, OnList = static _ => throw new StorageException(StorageErrorKind.Unsupported, "It can't be listed.") };

        Assert.Equal(0, await Orphans(storage).RemoveAsync(Age, Cancellation));
    }

    private protected Task<int> RemoveAsync() => Orphans(Watched()).RemoveAsync(Age, Cancellation);

    /// <summary>Stores a content as a program does that dies before it records it.</summary>
    private async Task<string> LoseAsync(string text)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Host.Get<FileIngest>().IngestAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), static _ => throw new InvalidOperationException("dead"), Cancellation));
        return Sha256Of(text);
    }

    private static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private IStorage Watched() => new FaultyStorage(_storage) { OnStat = path => OnStat?.Invoke(path)!, OnDelete = path => OnDelete?.Invoke(path)! };

    private OrphanedContents Orphans(IStorage storage) => new(storage, Host.Get<IModelDatabase>(), Host.Get<IUploadStore>(), new SharedTurns(Host.Get<IModelDatabase>(), _clock), _clock);

    private async Task IsReadableAsync(string url, string text)
    {
        var upload = (await Host.Get<IUploadStore>().FindAsync(url.Split('/')[^1], Cancellation))!;
        await using var stream = await Host.Get<UploadContents>().OpenAsync(upload, Cancellation);
        using var reader = new StreamReader(stream);
        Assert.Equal(text, await reader.ReadToEndAsync(Cancellation));
    }
}
