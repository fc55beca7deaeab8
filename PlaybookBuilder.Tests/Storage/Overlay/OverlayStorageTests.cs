using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Overlay;
using PlaybookBuilder.Core.Storage.ReadOnly;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Overlay;

public sealed class OverlayStorageTests : IAsyncLifetime
{
    private readonly MemoryStorage _lower = new(TimeProvider.System);
    private readonly MemoryStorage _upper = new(TimeProvider.System);
    private readonly OverlayStorage _storage;

    public OverlayStorageTests() => _storage = new OverlayStorage(new ReadOnlyStorage(_lower), _upper);

    public async ValueTask InitializeAsync()
    {
        await _lower.WriteAsync("folder/blob", Bytes(10));
        await _lower.WriteAsync("folder/other", Bytes(20));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Blobs_OfBoth_AreOneList()
    {
        await _storage.WriteAsync("folder/new", Bytes(30));
        await _storage.WriteAsync("folder/blob", Bytes(11));

        Assert.Equal(["folder/blob", "folder/new", "folder/other"], await _storage.ListAsync());
        Assert.Equal(["folder/blob", "folder/new", "folder/other"], await _storage.ListAsync("folder"));
        Assert.Equal(Bytes(11), await _storage.ReadAsync("folder/blob"));
        Assert.Equal(Bytes(20), await _storage.ReadAsync("folder/other"));
    }

    [Fact]
    public async Task Delete_OfTheLower_IsGoneUntilWrittenAgain()
    {
        await _storage.DeleteAsync(At("folder/blob"), CancellationToken.None);
        Assert.Null(await _storage.StatAsync("folder/blob"));
        Assert.Equal(["folder/other"], await _storage.ListAsync());
        await AssertFailsAsync(StorageErrorKind.NotFound, () => _storage.ReadAsync("folder/blob"));
        Assert.Equal(Bytes(10), await _lower.ReadAsync("folder/blob"));

        await _storage.WriteAsync("folder/blob", Bytes(12));
        Assert.Equal(Bytes(12), await _storage.ReadAsync("folder/blob"));
        Assert.Equal(["folder/blob"], await _upper.ListAsync());
    }

    [Fact]
    public async Task Move_OfTheLower_TakesItToTheUpper()
    {
        await _storage.MoveAsync(At("folder/blob"), At("moved"), CancellationToken.None);
        await _storage.CopyAsync(At("folder/other"), At("copied"), CancellationToken.None);

        Assert.Equal(["copied", "folder/other", "moved"], await _storage.ListAsync());
        Assert.Equal(Bytes(10), await _storage.ReadAsync("moved"));
        Assert.Equal(["folder/blob", "folder/other"], await _lower.ListAsync());
    }

    [Fact]
    public async Task Marks_CannotBeReachedAsBlobs()
    {
        await _storage.DeleteAsync(At("folder/blob"), CancellationToken.None);

        Assert.Null(await _storage.StatAsync(".overlay-deleted/folder/blob"));
        await AssertFailsAsync(StorageErrorKind.NotFound, () => _storage.ReadAsync(".overlay-deleted/folder/blob"));
        await AssertFailsAsync(StorageErrorKind.InvalidPath, () => _storage.WriteAsync(".overlay-deleted/folder/blob", Bytes(1)));
        await AssertFailsAsync(StorageErrorKind.InvalidPath, () => _storage.DeleteAsync(At(".overlay-deleted/folder/blob"), CancellationToken.None));
    }
}
