using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Files.Resumable;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Tests.Storage;
using PlaybookBuilder.Tests.Storage.Faults;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Files.Resumable;

/// <summary>Uploads that come in parts, on every database.</summary>
public abstract partial class ResumableUploadsConformance : IAsyncLifetime
{
    private readonly MemoryStorage _storage = new(TimeProvider.System);
    private FilesHost? _host;

    private protected FilesHost Host => _host!;

    private protected ResumableUploads Uploads => Host.Get<ResumableUploads>();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // What a test does at a place in the storage; null for what the storage does.
    private Func<WriteTarget, Task<PendingBlob>?>? OnBeginWrite { get; set; }

    private Func<StoragePath, Task<BlobInfo?>?>? OnStat { get; set; }

    private Func<StoragePath, Task<Stream>?>? OnOpenRead { get; set; }

    private Func<StoragePath, Task?>? OnDelete { get; set; }

    public async ValueTask InitializeAsync()
    {
        var watched = new FaultyStorage(_storage)
        {
            OnBeginWrite = target => OnBeginWrite?.Invoke(target)!,
            OnStat = path => OnStat?.Invoke(path)!,
            OnOpenRead = (path, _) => OnOpenRead?.Invoke(path)!,
            OnDelete = path => OnDelete?.Invoke(path)!,
        };
        _host = await FilesHost.StartAsync(await OpenAsync(), services => services.Replace(ServiceDescriptor.Singleton<IStorage>(watched)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    [Fact]
    public async Task Append_InParts_BecomesAFileOnceAndForAll()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(300_000));
        var upload = await Uploads.CreateAsync(owner, "C:\\folder\\größe.csv", bytes.Length, Cancellation);
        Assert.Equal(("größe.csv", 300_000, 0, null), (upload.Filename, upload.Size, upload.Received, upload.File));

        Assert.Equal(100_001, (await KeptAsync(owner, upload.Id, 0, bytes[..100_001])).Received);
        Assert.Equal(100_001, (await Uploads.FindAsync(owner, upload.Id, Cancellation))!.Received);
        Assert.Equal(upload.Id, Assert.Single(await Uploads.ListAsync(owner, Cancellation)).Id);
        var whole = await KeptAsync(owner, upload.Id, 100_001, bytes[100_001..]);

        Assert.Equal("größe.csv", whole.File!.Filename);
        await IsWholeAsync(owner, whole, bytes);
        // Whoever did not hear the answer asks again.
        Assert.Equal(whole.File, (await Uploads.FindAsync(owner, upload.Id, Cancellation))!.File);
        Assert.Equal(whole.File, (await KeptAsync(owner, upload.Id, 300_000, [])).File);
        Assert.Equal(new AppendOutcome.Elsewhere(300_000), await AppendAsync(owner, upload.Id, 100_001, bytes[100_001..]));
        Assert.Empty(await Uploads.ListAsync(owner, Cancellation));
    }

    [Fact]
    public async Task Create_OfNothing_IsAFileAtOnce()
    {
        var owner = await Host.NewUserAsync();

        var upload = await Uploads.CreateAsync(owner, "", 0, Cancellation);

        Assert.Equal(("file", 0L), (upload.File!.Filename, upload.File.Size));
        await IsWholeAsync(owner, upload, []);
    }

    [Fact]
    public async Task Append_OfABodyThatBreaksOff_KeepsWhatCame()
    {
        var owner = await Host.NewUserAsync();
        var upload = await Uploads.CreateAsync(owner, "a", 1_000_000, Cancellation);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAsync<IOException>(() => Uploads.AppendAsync(owner, upload.Id, 0, Breaking(200_000, static () => throw new IOException("reset")), null, Cancellation));
        Assert.InRange((await Uploads.FindAsync(owner, upload.Id, Cancellation))!.Received, 200_000, 400_000);
        var received = (await Uploads.FindAsync(owner, upload.Id, Cancellation))!.Received;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Uploads.AppendAsync(owner, upload.Id, received, Breaking(100_000, () => throw new OperationCanceledException(cancellation.Token)), null, cancellation.Token));
        Assert.True((await Uploads.FindAsync(owner, upload.Id, Cancellation))!.Received > received);
    }

    [Fact]
    public async Task Append_OfABodyWithAChecksum_IsAllOrNothing()
    {
        var (owner, bytes) = (await Host.NewUserAsync(), Bytes(300_000));
        var upload = await Uploads.CreateAsync(owner, "a", bytes.Length, Cancellation);
        Assert.True(UploadChecksum.TryCreate("SHA256", System.Security.Cryptography.SHA256.HashData(bytes), out var right));
        Assert.True(UploadChecksum.TryCreate("sha1", new byte[20], out var wrong));
        Assert.False(UploadChecksum.TryCreate("sha1", new byte[19], out _));
        Assert.False(UploadChecksum.TryCreate("crc32", new byte[4], out _));

        Assert.IsType<AppendOutcome.Corrupt>(await AppendAsync(owner, upload.Id, 0, bytes, wrong));
        await Assert.ThrowsAsync<IOException>(() => Uploads.AppendAsync(owner, upload.Id, 0, Breaking(200_000, static () => throw new IOException("reset")), right, Cancellation));
        Assert.Equal(new AppendOutcome.TooMany(300_000), await AppendAsync(owner, upload.Id, 0, [.. bytes, 1], right));
        Assert.Equal(0, (await Uploads.FindAsync(owner, upload.Id, Cancellation))!.Received);
        Assert.Empty(await _storage.ListAsync());

        await IsWholeAsync(owner, await KeptAsync(owner, upload.Id, 0, bytes, right), bytes);
    }

    [Fact]
    public async Task Append_OfMoreThanWasAnnounced_IsRefusedAndNeverAFile()
    {
        var owner = await Host.NewUserAsync();
        var upload = await Uploads.CreateAsync(owner, "a", 1_000, Cancellation);

        Assert.Equal(new AppendOutcome.TooMany(1_000), await AppendAsync(owner, upload.Id, 0, Bytes(1_001)));

        Assert.Equal(0, (await Uploads.FindAsync(owner, upload.Id, Cancellation))!.Received);
        Assert.Empty(await _storage.ListAsync());
        await IsWholeAsync(owner, await KeptAsync(owner, upload.Id, 0, Bytes(1_000)), Bytes(1_000));
    }

    [Fact]
    public async Task Append_ByTwoAtTheSamePlace_KeepsOneOfThem()
    {
        var owner = await Host.NewUserAsync();
        var upload = await Uploads.CreateAsync(owner, "a", 200_000, Cancellation);
        var (arrived, gate) = (0, new TaskCompletionSource());
        OnBeginWrite = target =>
        {
            if (Interlocked.Increment(ref arrived) == 2) gate.SetResult();
            return gate.Task.ContinueWith(_ => _storage.BeginWriteAsync(target, Cancellation), TaskScheduler.Default).Unwrap();
        };
        byte[][] sent = [Bytes(100_000, 1), Bytes(150_000, 2)];

        var outcomes = await Task.WhenAll(sent.Select(bytes => Task.Run(() => AppendAsync(owner, upload.Id, 0, bytes), Cancellation)));
        OnBeginWrite = null;

        var kept = Array.FindIndex(outcomes, static outcome => outcome is AppendOutcome.Kept);
        Assert.Equal(new AppendOutcome.Elsewhere(sent[kept].Length), outcomes[1 - kept]);
        var rest = Bytes(200_000 - sent[kept].Length, 3);
        await IsWholeAsync(owner, await KeptAsync(owner, upload.Id, sent[kept].Length, rest), [.. sent[kept], .. rest]);
    }

    [Fact]
    public async Task AnyCall_ForWhatIsNotOnesOwn_IsRefused()
    {
        var owner = await Host.NewUserAsync();
        var upload = await Uploads.CreateAsync(owner, "a", 10, Cancellation);

        foreach (var (actor, id) in new[] { (await Host.NewUserAsync(), upload.Id), (await Host.NewUserAsync(isAdmin: true), upload.Id), (owner, "unknown"), (owner, "a\0b") })
        {
            await RefusedAsync(AccessProblem.NotFound, () => Uploads.FindAsync(actor, id, Cancellation));
            await RefusedAsync(AccessProblem.NotFound, () => AppendAsync(actor, id, 0, Bytes(10)));
            await RefusedAsync(AccessProblem.NotFound, () => Uploads.DeleteAsync(actor, id, Cancellation));
        }

        await RefusedAsync(AccessProblem.NotSignedIn, () => Uploads.CreateAsync(Actor.Anonymous, "a", 1, Cancellation));
        await RefusedAsync(AccessProblem.NotSignedIn, () => Uploads.ListAsync(Actor.Anonymous, Cancellation));
        await RefusedAsync(AccessProblem.Forbidden, () => Uploads.CreateAsync(owner with { Scopes = AccessScopes.Read | AccessScopes.Run }, "a", 1, Cancellation));
        await RefusedAsync(AccessProblem.Forbidden, () => AppendAsync(owner with { Scopes = AccessScopes.Read }, upload.Id, 0, Bytes(10)));
        Assert.Equal(0, (await Uploads.FindAsync(owner, upload.Id, Cancellation))!.Received);
    }

    [Fact]
    public async Task Delete_OfWhatIsHalfThere_LeavesNothing_AndOfAFile_LeavesIt()
    {
        var owner = await Host.NewUserAsync();
        var (half, whole) = (await Uploads.CreateAsync(owner, "a", 1_000, Cancellation), await Uploads.CreateAsync(owner, "b", 100, Cancellation));
        await KeptAsync(owner, half.Id, 0, Bytes(500));
        var file = (await KeptAsync(owner, whole.Id, 0, Bytes(100))).File!;

        await Uploads.DeleteAsync(owner, half.Id, Cancellation);
        await Uploads.DeleteAsync(owner, whole.Id, Cancellation);

        await RefusedAsync(AccessProblem.NotFound, () => Uploads.FindAsync(owner, half.Id, Cancellation));
        Assert.Equal([file.Sha256!], await _storage.ListAsync());
        Assert.NotNull(await Host.Get<IUploadStore>().FindAsync(IdOf(file.Url), Cancellation));
    }

    [Fact]
    public async Task Quota_OfAUser_CountsFilesAndWhatIsHalfThere()
    {
        var (owner, limits) = (await Host.NewUserAsync(), Host.Get<IOptions<UploadOptions>>().Value);
        limits.QuotaBytes = 1_000;
        await Host.UploadAsync((await Host.NewUserAsync()).UserId, new string('x', 900));
        var half = await Uploads.CreateAsync(owner, "a", 600, Cancellation);
        await KeptAsync(owner, half.Id, 0, Bytes(300));
        var other = await Uploads.CreateAsync(owner, "b", 700, Cancellation);

        await Host.UploadAsync(owner.UserId, new string('x', 400));
        Assert.Equal(new UploadRoom(700, 1_000), await Host.Get<UploadQuota>().ReadAsync(owner, Cancellation));
        Assert.Contains("1000 bytes here, of which 300 are left", (await Assert.ThrowsAsync<UploadRefusedException>(() => Uploads.CreateAsync(owner, "c", 301, Cancellation))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UploadRefusedException>(() => Host.UploadAsync(owner.UserId, new string('x', 301)));
        await Assert.ThrowsAsync<UploadRefusedException>(() => AppendAsync(owner, other.Id, 0, Bytes(700)));
        await KeptAsync(owner, half.Id, 300, Bytes(300, 2));
        Assert.Equal(1_000, (await Host.Get<UploadQuota>().ReadAsync(owner, Cancellation)).Used);

        // What is complete when the room is gone waits for more.
        limits.QuotaBytes = 2_000;
        var last = await Uploads.CreateAsync(owner, "d", 100, Cancellation);
        OnStat = _ => throw new StorageException(StorageErrorKind.Unavailable, "away");
        await Assert.ThrowsAsync<StorageException>(() => AppendAsync(owner, last.Id, 0, Bytes(100)));
        (OnStat, limits.QuotaBytes) = (null, 1_000);
        await Assert.ThrowsAsync<UploadRefusedException>(() => Uploads.FindAsync(owner, last.Id, Cancellation));
        limits.QuotaBytes = 2_000;
        Assert.NotNull((await Uploads.FindAsync(owner, last.Id, Cancellation))!.File);
    }

    [Fact]
    public async Task Create_OfMoreThanTheLargestFile_IsRefused()
    {
        var owner = await Host.NewUserAsync();
        Host.Get<IOptions<UploadOptions>>().Value.MaxBytes = 100;

        Assert.Contains("larger than the 100 bytes", (await Assert.ThrowsAsync<UploadRefusedException>(() => Uploads.CreateAsync(owner, "a", 101, Cancellation))).Message, StringComparison.Ordinal);
        Assert.NotNull(await Uploads.CreateAsync(owner, "a", 100, Cancellation));
    }

    private static GeneratedStream Breaking(long after, Action breakOff) => new(long.MaxValue)
    {
        OnRead = position =>
        {
            if (position >= after) breakOff();
        },
    };

    private Task<AppendOutcome?> AppendAsync(Actor actor, string id, long offset, byte[] bytes, UploadChecksum? checksum = null) => Uploads.AppendAsync(actor, id, offset, new MemoryStream(bytes), checksum, Cancellation);

    private async Task<ResumableUpload> KeptAsync(Actor actor, string id, long offset, byte[] bytes, UploadChecksum? checksum = null) =>
        Assert.IsType<AppendOutcome.Kept>(await AppendAsync(actor, id, offset, bytes, checksum)).Upload;

    /// <summary>It is a file of the owner's, the only one, and nothing else is left of it.</summary>
    private async Task IsWholeAsync(Actor owner, ResumableUpload upload, byte[] bytes)
    {
        var file = upload.File!;
        Assert.Equal(bytes.Length, file.Size);
        Assert.Equal([file.Sha256!], await _storage.ListAsync());
        Assert.Equal(bytes, await _storage.ReadAsync(file.Sha256!));
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        Assert.Equal(IdOf(file.Url), Assert.Single((await Host.Get<OwnUploads>().ListAsync(owner, new PageRequest(), Cancellation)).Items).Id);
    }

    private static string IdOf(string url) => DrsUri.Parse(url).Id;

    private static async Task RefusedAsync(AccessProblem problem, Func<Task> run) => Assert.Equal(problem, (await Assert.ThrowsAsync<AccessException>(run)).Problem);
}
