using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;

namespace PlaybookBuilder.Core.Storage.Azure;

/// <summary>Blobs as block blobs of a container, or of a part of it, in Azure.</summary>
internal sealed class AzureStorage(AzureSettings settings) : IStorage
{
    // With a block in each and one more for every writer, so many times the block size is what uploads take of the memory.
    private const int ParallelBlocks = 6;

    private readonly AzureContainer _container = new(settings);
    private readonly SemaphoreSlim _slots = new(ParallelBlocks);

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: settings.Key is not null, SnapshotReads: false) { Cloud = "azure" };

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) =>
        await _container.HeadAsync(path, _container.Key(path), cancellationToken).ConfigureAwait(false) is { } answer ? new BlobInfo(path, answer.ContentLength, answer.LastModified) : null;

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        var wanted = range is null ? default : new HttpRange(range.Offset, range.Length is { } length && length <= long.MaxValue - range.Offset ? length : null);
        var answer = await _container.GetAsync(path, wanted, tag: null, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
        // Azure refuses such a range, Azurite answers with nothing.
        if (range is not null && answer.Details.ContentLength == 0)
            throw new StorageException(StorageErrorKind.RangeNotSatisfiable, $"'{path}' has nothing from {range.Offset} on.");

        var stream = new AzureReadStream(_container, path, answer.Details.ETag, range?.Offset ?? 0, answer.Details.ContentLength, settings.Retries);
        stream.ReadFrom(answer.Content, range?.Offset ?? 0);
        return stream;
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<PendingBlob>(new AzurePendingBlob(target, _container, settings, _slots));
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = folder is null ? _container.Prefix : $"{_container.Key(folder)}/";
        await foreach (var item in _container.ListAsync(prefix, BlobStates.None, cancellationToken).ConfigureAwait(false))
        {
            if (_container.TryGetPath(item.Name, out var path))
                yield return new BlobInfo(path, item.Properties.ContentLength ?? 0, item.Properties.LastModified ?? DateTimeOffset.UnixEpoch);
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => _container.DeleteAsync(path, _container.Key(path), cancellationToken);

    public async Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var answer = await _container.HeadAsync(source, _container.Key(source), cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
        if (source != destination)
            _ = await _container.CopyAsync(source, _container.Key(source), _container.Key(destination), answer.ContentLength, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
    }

    /// <summary>First there, then gone here: a reader in between finds it twice rather than never.</summary>
    public async Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        await CopyAsync(source, destination, cancellationToken).ConfigureAwait(false);
        if (source != destination)
            await DeleteAsync(source, cancellationToken).ConfigureAwait(false);
    }

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _container.CanSign
            ? Task.FromResult(_container.Sign(path, lifetime))
            : throw new StorageException(StorageErrorKind.Unsupported, "URLs are signed with the key of the account, which was not given.");
    }

    public async Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var item in _container.ListAsync(_container.TemporaryPrefix, BlobStates.Uncommitted, cancellationToken).ConfigureAwait(false))
        {
            if (item.Properties.LastModified >= before)
                continue;

            await _container.DropAsync(item.Name, cancellationToken).ConfigureAwait(false);
            removed++;
        }

        return removed;
    }
}
