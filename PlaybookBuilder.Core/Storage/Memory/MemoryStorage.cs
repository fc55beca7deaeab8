using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Storage.Memory;

/// <summary>Blobs that live as long as the process.</summary>
internal sealed class MemoryStorage(TimeProvider clock) : IStorage
{
    private readonly ConcurrentDictionary<StoragePath, MemoryBlob> _blobs = new();

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: false);

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_blobs.TryGetValue(path, out var blob) ? Describe(path, blob) : null);
    }

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var blob = Find(path);
        var length = range?.LengthWithin(path, blob.Size) ?? blob.Size;
        return Task.FromResult<Stream>(new MemoryReadStream(path, blob, range?.Offset ?? 0, length));
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<PendingBlob>(new MemoryPendingBlob(target, Publish));
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var (path, blob) in _blobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (path.IsWithin(folder))
                yield return Describe(path, blob);
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _blobs.TryRemove(path, out _);
        return Task.CompletedTask;
    }

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var blob = Find(source);
        Publish(destination, blob.Chunks, blob.Size);
        return Task.CompletedTask;
    }

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var blob = Find(source);
        if (source == destination)
            return Task.CompletedTask;

        // First there, then gone here: a reader in between finds it twice rather than never.
        _blobs[destination] = blob;
        _blobs.TryRemove(KeyValuePair.Create(source, blob));
        return Task.CompletedTask;
    }

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        throw new StorageException(StorageErrorKind.Unsupported, "The memory storage has no URLs.");

    /// <summary>What is not committed is only known to its writer here, so a writer that is gone left nothing.</summary>
    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(0);
    }

    private static BlobInfo Describe(StoragePath path, MemoryBlob blob) => new(path, blob.Size, blob.ModifiedAt);

    private MemoryBlob Find(StoragePath path) => _blobs.TryGetValue(path, out var blob) ? blob : throw StorageException.NotFound(path);

    private BlobInfo Publish(StoragePath path, IReadOnlyList<byte[]> chunks, long size) => Describe(path, _blobs[path] = new MemoryBlob(chunks, size, clock.GetUtcNow()));
}
