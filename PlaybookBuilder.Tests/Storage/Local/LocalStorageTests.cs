using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Local;

/// <summary>What is particular to files of this machine.</summary>
public sealed class LocalStorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _root;
    private readonly LocalStorage _storage;

    public LocalStorageTests()
    {
        _root = Path.Combine(_folder.Path, "ufs");
        _storage = new LocalStorage(_root);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reads_BeforeTheFirstWrite_MakeNoFolder()
    {
        Assert.Null(await _storage.StatAsync("blob"));
        Assert.Empty(await _storage.ListAsync());
        await _storage.DeleteAsync(At("blob"), CancellationToken.None);

        Assert.False(Directory.Exists(_root));
    }

    [Fact]
    public async Task Write_Committed_IsThePlainFileAndNothingElse()
    {
        await _storage.WriteAsync("folder/blob", Bytes(10));

        Assert.Equal([Path.Combine(_root, "folder", "blob")], Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
        Assert.Equal(Bytes(10), await File.ReadAllBytesAsync(Path.Combine(_root, "folder", "blob")));
    }

    [Fact]
    public async Task Write_InProgress_StandsBesideItsDestination()
    {
        await using var pending = await _storage.BeginWriteAsync(WriteTarget.At(At("folder/blob")), CancellationToken.None);

        Assert.StartsWith(Path.Combine(_root, "folder", StoragePath.ReservedPrefix), Assert.Single(Directory.GetFiles(_root, "*", SearchOption.AllDirectories)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DisposedWithoutCommit_LeavesNoFileAndNoFolder()
    {
        await using (var pending = await _storage.BeginWriteAsync(WriteTarget.At(At("folder/deep/blob")), CancellationToken.None))
            await pending.WriteAsync(Bytes(10), CancellationToken.None);

        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task StrayTemporaryFile_OfAKilledWriter_IsInvisibleUntilRemoved()
    {
        await _storage.WriteAsync("folder/blob", Bytes(10));
        var stray = WriteStray("folder", DateTime.UtcNow.AddHours(-2));
        var young = WriteStray("folder", DateTime.UtcNow);

        Assert.Equal(["folder/blob"], await _storage.ListAsync());
        Assert.Equal(1, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), CancellationToken.None));
        Assert.Equal((false, true), (File.Exists(stray), File.Exists(young)));
        Assert.Equal(["folder/blob"], await _storage.ListAsync());
    }

    [Fact]
    public async Task RemoveAbandonedWrites_OldButLiveWriter_IsLeftAlone()
    {
        await using var pending = await _storage.BeginWriteAsync(WriteTarget.At(At("blob")), CancellationToken.None);
        await pending.WriteAsync(Bytes(10), CancellationToken.None);

        Assert.Equal(0, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
        await pending.CommitAsync(At("blob"), CancellationToken.None);
        Assert.Equal(Bytes(10), await _storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Links_ToOutside_AreNeitherFollowedNorShown()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_folder.Path, "outside")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(outside, "secret"), Bytes(10));
        await _storage.WriteAsync("blob", Bytes(1));
        Directory.CreateSymbolicLink(Path.Combine(_root, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(_root, "file"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(Path.Combine(_root, "dangling"), Path.Combine(outside, "new"));

        foreach (var path in new[] { "folder/secret", "file", "dangling" })
        {
            await AssertFailsAsync(StorageErrorKind.AccessDenied, () => _storage.ReadAsync(path));
            await AssertFailsAsync(StorageErrorKind.AccessDenied, () => _storage.StatAsync(path));
            await AssertFailsAsync(StorageErrorKind.AccessDenied, () => _storage.WriteAsync(path, Bytes(2)));
            await AssertFailsAsync(StorageErrorKind.AccessDenied, () => _storage.DeleteAsync(At(path), CancellationToken.None));
            await AssertFailsAsync(StorageErrorKind.AccessDenied, () => _storage.MoveAsync(At("blob"), At(path), CancellationToken.None));
        }

        Assert.Equal(["blob"], await _storage.ListAsync());
        Assert.Equal([Path.Combine(outside, "secret")], Directory.GetFileSystemEntries(outside));
        Assert.Equal(Bytes(10), await File.ReadAllBytesAsync(Path.Combine(outside, "secret")));
    }

    [Fact]
    public async Task Root_ThatIsALink_IsUsed()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_folder.Path, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(_root, elsewhere);
        await _storage.WriteAsync("folder/blob", Bytes(10));

        Assert.Equal(["folder/blob"], await _storage.ListAsync());
        Assert.True(File.Exists(Path.Combine(elsewhere, "folder", "blob")));
    }

    [Fact]
    public async Task Read_FileCutShortMeanwhile_FailsInsteadOfEndingEarly()
    {
        await _storage.WriteAsync("blob", Bytes(1_000));
        await using var open = await _storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        using (var file = new FileStream(Path.Combine(_root, "blob"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(10);

        await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }

    [Fact]
    public async Task Write_ToAFullDevice_IsOutOfSpace()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        await AssertFailsAsync(StorageErrorKind.OutOfSpace, () => LocalErrors.GuardAsync(At("blob"), async () =>
        {
            await full.WriteAsync(Bytes(10));
            return 0;
        }).AsTask());
    }

    [Theory]
    [InlineData(11, StorageErrorKind.Unavailable, true)]
    [InlineData(24, StorageErrorKind.Unavailable, true)]
    [InlineData(28, StorageErrorKind.OutOfSpace, false)]
    [InlineData(5, StorageErrorKind.Failed, false)]
    public void Error_ByItsNumber_HasAKind(int number, StorageErrorKind kind, bool isRetryable)
    {
        var error = LocalErrors.From(new IOException("as the system says it of /srv/secret", number), At("folder/blob"));

        Assert.Equal((kind, isRetryable), (error.Kind, error.IsRetryable));
        Assert.Contains("'folder/blob'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/srv/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhereAFileIsTheRoot_IsAStorageError()
    {
        await File.WriteAllTextAsync(_root, "a file");

        await Assert.ThrowsAsync<StorageException>(() => _storage.WriteAsync("blob", Bytes(1)));
    }

    private string WriteStray(string folder, DateTime writtenAt)
    {
        var path = Path.Combine(_root, folder, $"{StoragePath.ReservedPrefix}{Guid.NewGuid():N}");
        File.WriteAllBytes(path, Bytes(1_000));
        File.SetLastWriteTimeUtc(path, writtenAt);
        return path;
    }
}
