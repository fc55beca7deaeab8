namespace PlaybookBuilder.Core.Storage.ReadOnly;

/// <summary>Another storage, from which can only be read.</summary>
internal sealed class ReadOnlyStorage(IStorage inner) : IStorage
{
    public StorageCapabilities Capabilities => inner.Capabilities with { Writable = false };

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => inner.StatAsync(path, cancellationToken);

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) => inner.OpenReadAsync(path, range, cancellationToken);

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) => throw Refusal();

    public IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => throw Refusal();

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw Refusal();

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw Refusal();

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => inner.SignReadUrlAsync(path, lifetime, cancellationToken);

    /// <summary>Nothing is begun here, so nothing is abandoned.</summary>
    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(0);
    }

    /// <summary>What every storage without <see cref="StorageCapabilities.Writable"/> says.</summary>
    public static StorageException Refusal() => new(StorageErrorKind.Unsupported, "Nothing can be changed in this storage.");
}
