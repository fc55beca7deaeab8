using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Storage.Local;

/// <summary>Blobs as files below one folder of this machine, which is made when the first is written.</summary>
internal sealed class LocalStorage(string folder) : IStorage
{
    private readonly LocalRoot _root = new(folder);

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: false);

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(LocalErrors.Guard(path, () => Describe(path, new FileInfo(_root.Resolve(path)))));
    }

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(LocalErrors.Guard(path, () => OpenRead(path, range)));
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = LocalErrors.Guard(target.Folder, () => _root.CreateTemporary(target.Folder));
        return Task.FromResult<PendingBlob>(new LocalPendingBlob(target, _root, file));
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var file in Files(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var relative = Path.GetRelativePath(_root.Directory, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (StoragePath.TryParse(relative, out var path) && LocalErrors.Guard(path, () => Describe(path, file)) is { } info)
                yield return info;
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LocalErrors.Guard(path, () => Delete(_root.Resolve(path)));
        return Task.CompletedTask;
    }

    public async Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var bytes = await OpenReadAsync(source, range: null, cancellationToken).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
            await this.WriteAsync(destination, bytes, cancellationToken).ConfigureAwait(false);
    }

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.Run(() => LocalErrors.Guard(source, () => Move(source, destination)), cancellationToken);
    }

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        throw new StorageException(StorageErrorKind.Unsupported, "Files of this machine have no URLs.");

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var file in Files(folder: null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Name.StartsWith(StoragePath.ReservedPrefix, StringComparison.Ordinal) && LocalErrors.Guard(path: null, () => RemoveAbandoned(file, before)))
                removed++;
        }

        return Task.FromResult(removed);
    }

    private static BlobInfo? Describe(StoragePath path, FileInfo file) => file.Exists ? new BlobInfo(path, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null;

    private static Stream OpenRead(string file, StoragePath path, ByteRange? range)
    {
        var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        try
        {
            var size = RandomAccess.GetLength(handle);
            return new LocalReadStream(path, handle, range?.Offset ?? 0, range?.LengthWithin(path, size) ?? size);
        }
        catch (StorageException)
        {
            handle.Dispose();
            throw;
        }
    }

    private Stream OpenRead(StoragePath path, ByteRange? range)
    {
        var file = _root.Resolve(path);
        return File.Exists(file) ? OpenRead(file, path, range) : throw StorageException.NotFound(path);
    }

    private IEnumerable<FileInfo> Files(StoragePath? folder)
    {
        var directory = _root.Resolve(folder);
        if (!Directory.Exists(directory))
            yield break;

        using var files = LocalErrors.Guard(folder, () => new LocalFileEnumerator(directory));
        while (LocalErrors.Guard(folder, files.MoveNext))
            yield return files.Current;
    }

    private bool Delete(string file)
    {
        if (!File.Exists(file))
            return false;

        File.Delete(file);
        DirectorySync.Sync(Path.GetDirectoryName(file)!);
        _root.RemoveEmptyFolders(Path.GetDirectoryName(file)!);
        return true;
    }

    private bool Move(StoragePath source, StoragePath destination)
    {
        var file = _root.Resolve(source);
        if (!File.Exists(file))
            throw StorageException.NotFound(source);

        if (source == destination)
            return false;

        _root.Rename(file, destination);
        DirectorySync.Sync(Path.GetDirectoryName(file)!);
        _root.RemoveEmptyFolders(Path.GetDirectoryName(file)!);
        return true;
    }

    /// <summary>A writer holds a lock on its file for as long as it lives, so a slow one on this machine loses nothing, however old its last byte is.</summary>
    private bool RemoveAbandoned(FileInfo file, DateTimeOffset before)
    {
        if (!file.Exists || file.LastWriteTimeUtc >= before.UtcDateTime)
            return false;

        try
        {
            using var unlocked = new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
        }
        catch (IOException error) when (LocalErrors.From(error, path: null).Kind is StorageErrorKind.Unavailable or StorageErrorKind.NotFound)
        {
            return false;
        }

        return Delete(file.FullName);
    }
}
