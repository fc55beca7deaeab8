using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Tests.Storage.Faults;

/// <summary>Refuses everything, and says what.</summary>
internal sealed class RefusingStorage : IStorage
{
    public StorageCapabilities Capabilities { get; } = new(SeekableReads: false, SignedReadUrls: false);

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => throw Refusal(path);

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) => throw Refusal(path);

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) => throw Refusal(target.Folder);

    public IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken) => throw Refusal(folder);

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => throw Refusal(path);

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw Refusal(source);

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw Refusal(source);

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => throw Refusal(path);

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw Refusal(null);

    private static StorageException Refusal(StoragePath? path) => new(StorageErrorKind.AccessDenied, $"'{path}' is refused.");
}
