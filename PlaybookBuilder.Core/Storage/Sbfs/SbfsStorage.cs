using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Cavatica.SevenBridges;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>Blobs as files of a project, or of one of its folders, on CAVATICA or another Seven Bridges platform.</summary>
/// <remarks>The time of a blob is that of the file's creation, because what is written again is a new file, while notes on it change its time of modification.</remarks>
internal sealed class SbfsStorage(SbfsSettings settings) : IStorage
{
    private const int ParallelParts = 6;

    private const int MostTries = 8;

    private readonly SbfsProject _project = new(settings);
    private readonly SemaphoreSlim _slots = new(ParallelParts);
    private readonly ILogger _logger = settings.Loggers.CreateLogger<SbfsStorage>();

    /// <summary>The platform signs addresses, but decides itself how long they hold.</summary>
    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: false, SnapshotReads: false);

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) =>
        await _project.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file ? SbfsProject.Describe(path, file) : null;

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var file = await _project.FindAsync(path, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
            if (await TryOpenAsync(path, file, range, cancellationToken).ConfigureAwait(false) is { } stream)
                return stream;

            // It was replaced between two calls.
        }

        throw new StorageException(StorageErrorKind.Unavailable, $"'{path}' was replaced again and again while it was opened.");
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<PendingBlob>(new SbfsPendingBlob(target, _project, settings, _slots, _logger));
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (path, file) in _project.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            yield return SbfsProject.Describe(path, file);
    }

    public async Task DeleteAsync(StoragePath path, CancellationToken cancellationToken)
    {
        if (await _project.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file)
            await SbfsErrors.GuardAsync(path, () => _project.Client.Files.DeleteAsync(file.Id, cancellationToken)).ConfigureAwait(false);
    }

    public async Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => await CopyFromAsync(source, destination, cancellationToken).ConfigureAwait(false);

    /// <summary>First there, then gone here: a reader in between finds it twice rather than never. What replaced the source meanwhile stays.</summary>
    public async Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var file = await CopyFromAsync(source, destination, cancellationToken).ConfigureAwait(false);
        if (source != destination)
            await SbfsErrors.GuardAsync(source, () => _project.Client.Files.DeleteAsync(file.Id, cancellationToken)).ConfigureAwait(false);
    }

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromException<Uri>(new StorageException(StorageErrorKind.Unsupported, "The platform decides itself how long its signed addresses hold."));

    public async Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var uploads = await SbfsErrors.GuardAsync(path: null, async () => await _project.Client.Uploads.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var old = uploads.Where(upload => upload.Project == settings.Project && upload.Initiated < before).ToList();
        if (old.Count == 0)
            return 0;

        // Uploads of other programs into other folders of the project are none of ours.
        var folders = settings.Root is null ? null : await _project.FolderIdsAsync(cancellationToken).ConfigureAwait(false);
        var removed = 0;
        foreach (var upload in old)
        {
            if (folders is not null && (await ParentAsync(upload, cancellationToken).ConfigureAwait(false) is not { } parent || !folders.Contains(parent)))
                continue;

            await SbfsErrors.GuardAsync(path: null, () => AbortAsync(upload, cancellationToken)).ConfigureAwait(false);
            removed++;
        }

        return removed;
    }

    private async Task<Stream?> TryOpenAsync(StoragePath path, SevenBridgesFile file, ByteRange? range, CancellationToken cancellationToken)
    {
        var size = file.Size ?? 0;
        var stream = new SbfsReadStream(_project.Client, path, file.Id, size, range?.Offset ?? 0, range?.LengthWithin(path, size) ?? size, settings.Retries);
        try
        {
            if (await stream.TryOpenAsync(settings.Retries, cancellationToken).ConfigureAwait(false))
                return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <returns>The file that was copied.</returns>
    private async Task<SevenBridgesFile> CopyFromAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var file = await _project.FindAsync(source, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
        if (source == destination)
            return file;

        await _project.InPlaceAsync(destination, async (place, existing) =>
        {
            file = await _project.FindAsync(source, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
            return existing is null
                ? await CopyToFreeNameAsync(file, place, destination.Name, cancellationToken).ConfigureAwait(false)
                : await ReplaceAsync(source, file, destination, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return file;
    }

    /// <summary>On the platform, without moving the bytes. Null when the name was taken meanwhile or nobody knows whether it was done.</summary>
    private async Task<SevenBridgesFile?> CopyToFreeNameAsync(SevenBridgesFile file, SevenBridgesPlace place, string name, CancellationToken cancellationToken)
    {
        try
        {
            var copy = await _project.Client.Files.CopyAsync(file.Id, place, name, cancellationToken).ConfigureAwait(false);
            if (copy.Name == name)
                return copy;

            // The platform gave it another name, because this one is another writer's now.
            await _project.Client.Files.DeleteAsync(copy.Id, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.Exists)
        {
            return null;
        }
        catch (SevenBridgesException error) when (error.IsInDoubt)
        {
            // What has the name now is the copy, or was written after it. Where nothing has, the call was lost on its way there.
            return await _project.Client.Files.FindAsync(place, name, cancellationToken).ConfigureAwait(false) is { IsFolder: false } done ? done : null;
        }
    }

    /// <summary>Through this machine: of all that the platform does, only an upload replaces a file in one moment.</summary>
    private async Task<SevenBridgesFile?> ReplaceAsync(StoragePath source, SevenBridgesFile file, StoragePath destination, CancellationToken cancellationToken)
    {
        if (await TryOpenAsync(source, file, range: null, cancellationToken).ConfigureAwait(false) is not { } content)
            return null;

        await using (content.ConfigureAwait(false))
            await this.WriteAsync(destination, content, cancellationToken).ConfigureAwait(false);

        return file;
    }

    private async Task<string?> ParentAsync(SevenBridgesUpload upload, CancellationToken cancellationToken) =>
        upload.Parent ?? (await SbfsErrors.GuardAsync(path: null, () => _project.Client.Uploads.FindAsync(upload.UploadId, cancellationToken)).ConfigureAwait(false))?.Parent;

    private async Task<bool> AbortAsync(SevenBridgesUpload upload, CancellationToken cancellationToken)
    {
        await _project.Client.Uploads.AbortAsync(upload.UploadId, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
