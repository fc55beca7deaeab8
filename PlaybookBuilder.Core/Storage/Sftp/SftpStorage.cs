using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>Blobs as files below one folder of an SFTP server.</summary>
internal sealed class SftpStorage(SftpSettings settings) : IStorage, IDisposable
{
    // With a part in each and one more for every writer, so many times the part size is what writes take of the memory.
    private const int ParallelParts = 6;

    private readonly SftpFolder _folder = new(settings);
    private readonly SemaphoreSlim _slots = new(ParallelParts);

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: false, SnapshotReads: false);

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) =>
        await _folder.StatAsync(path, _folder.FileOf(path), cancellationToken).ConfigureAwait(false) is { } file ? new BlobInfo(path, file.Size, file.ModifiedAt) : null;

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        if (await _folder.OpenAsync(path, cancellationToken).ConfigureAwait(false) is not var (content, identity)) throw StorageException.NotFound(path);

        try
        {
            var stream = new SftpReadStream(_folder, path, identity, range?.Offset ?? 0, range?.LengthWithin(path, identity.Size) ?? identity.Size, settings);
            stream.ReadFrom(content);
            return stream;
        }
        catch (StorageException)
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<PendingBlob>(new SftpPendingBlob(target, _folder, settings, _slots));
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folders = new Stack<StoragePath?>([folder]);
        while (folders.TryPop(out var next))
        {
            foreach (var entry in await _folder.ListAsync(next, _folder.FileOf(next), cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!StoragePath.TryParse(next is null ? entry.Name : $"{next}/{entry.Name}", out var path)) continue;

                if (entry.IsDirectory) folders.Push(path);
                else if (entry is { IsRegularFile: true, IsSymbolicLink: false }) yield return new BlobInfo(path, entry.Length, new DateTimeOffset(entry.LastWriteTimeUtc));
            }
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => _folder.DeleteAsync(path, cancellationToken);

    /// <summary>Through this machine: the protocol has no copying that servers share.</summary>
    public async Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var bytes = await OpenReadAsync(source, range: null, cancellationToken).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
            await this.WriteAsync(destination, bytes, cancellationToken).ConfigureAwait(false);
    }

    public async Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var file = await _folder.StatAsync(source, _folder.FileOf(source), cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
        if (source == destination) return;
        if (!await _folder.RenameAsync(_folder.FileOf(source), destination, file, cancellationToken).ConfigureAwait(false)) throw StorageException.NotFound(source);

        // It is gone already, but not the folders that it leaves empty.
        await _folder.DeleteAsync(source, cancellationToken).ConfigureAwait(false);
    }

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        throw new StorageException(StorageErrorKind.Unsupported, "Files of an SFTP server have no URLs.");

    public async Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var entry in await _folder.ListAsync(path: null, _folder.Temporary, cancellationToken).ConfigureAwait(false))
        {
            if (entry.LastWriteTimeUtc < before.UtcDateTime && await _folder.DropAsync(entry.FullName, cancellationToken).ConfigureAwait(false)) removed++;
        }

        return removed;
    }

    public void Dispose()
    {
        _folder.Dispose();
        _slots.Dispose();
    }
}
