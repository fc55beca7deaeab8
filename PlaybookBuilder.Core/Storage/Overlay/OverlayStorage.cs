using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Storage.Overlay;

/// <summary>
/// Two storages as one: the upper is read first and takes all changes, the lower is never changed. A blob of the lower that was deleted gets an empty mark in the upper, below a folder
/// that is kept for them.
/// </summary>
internal sealed class OverlayStorage(IStorage lower, IStorage upper) : IStorage
{
    private static readonly StoragePath Marks = StoragePath.Parse(".overlay-deleted");

    public StorageCapabilities Capabilities { get; } = new(
        lower.Capabilities.SeekableReads && upper.Capabilities.SeekableReads,
        lower.Capabilities.SignedReadUrls && upper.Capabilities.SignedReadUrls,
        upper.Capabilities.Writable,
        lower.Capabilities.Listable && upper.Capabilities.Listable);

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => IsKept(path)
        ? null
        : await upper.StatAsync(path, cancellationToken).ConfigureAwait(false) ?? await StatLowerAsync(path, cancellationToken).ConfigureAwait(false);

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) =>
        await (await HolderAsync(path, cancellationToken).ConfigureAwait(false)).OpenReadAsync(path, range, cancellationToken).ConfigureAwait(false);

    public async Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        if (target.Folder is { } folder)
            RefuseKept(folder);

        return new OverlayPendingBlob(target, await upper.BeginWriteAsync(target, cancellationToken).ConfigureAwait(false), UnmarkAsync);
    }

    /// <summary>What the upper storage has is held in memory meanwhile, to leave it out of the lower's.</summary>
    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hidden = new HashSet<StoragePath>();
        await foreach (var mark in upper.ListAsync(Marks, cancellationToken).ConfigureAwait(false))
            hidden.Add(mark.Path.RelativeTo(Marks));

        await foreach (var info in upper.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            if (IsKept(info.Path))
                continue;

            hidden.Add(info.Path);
            yield return info;
        }

        await foreach (var info in lower.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            if (!hidden.Contains(info.Path) && !IsKept(info.Path))
                yield return info;
        }
    }

    public async Task DeleteAsync(StoragePath path, CancellationToken cancellationToken)
    {
        RefuseKept(path);
        if (await lower.StatAsync(path, cancellationToken).ConfigureAwait(false) is not null)
            await upper.WriteAsync(Marks.Append(path), Stream.Null, cancellationToken).ConfigureAwait(false);

        await upper.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
    }

    public async Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        RefuseKept(destination);
        var holder = await HolderAsync(source, cancellationToken).ConfigureAwait(false);
        if (holder == upper)
            await upper.CopyAsync(source, destination, cancellationToken).ConfigureAwait(false);
        else
            await LiftAsync(source, destination, cancellationToken).ConfigureAwait(false);

        await UnmarkAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>First there, then gone here: a reader in between finds it twice rather than never.</summary>
    public async Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        if (source == destination)
        {
            await HolderAsync(source, cancellationToken).ConfigureAwait(false);
            return;
        }

        await CopyAsync(source, destination, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(source, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => Capabilities.SignedReadUrls
        ? await (await HolderAsync(path, cancellationToken).ConfigureAwait(false)).SignReadUrlAsync(path, lifetime, cancellationToken).ConfigureAwait(false)
        : throw new StorageException(StorageErrorKind.Unsupported, "One of the two storages has no URLs.");

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) => upper.RemoveAbandonedWritesAsync(before, cancellationToken);

    private static bool IsKept(StoragePath path) => path == Marks || path.IsWithin(Marks);

    private static void RefuseKept(StoragePath path)
    {
        if (IsKept(path))
            throw new StorageException(StorageErrorKind.InvalidPath, $"'{Marks}' is kept for marks of this storage.");
    }

    /// <summary>The storage that has the blob.</summary>
    private async Task<IStorage> HolderAsync(StoragePath path, CancellationToken cancellationToken)
    {
        if (!IsKept(path) && await upper.StatAsync(path, cancellationToken).ConfigureAwait(false) is not null)
            return upper;

        return !IsKept(path) && await StatLowerAsync(path, cancellationToken).ConfigureAwait(false) is not null ? lower : throw StorageException.NotFound(path);
    }

    private async Task<BlobInfo?> StatLowerAsync(StoragePath path, CancellationToken cancellationToken)
    {
        var info = await lower.StatAsync(path, cancellationToken).ConfigureAwait(false);
        return info is null || await upper.StatAsync(Marks.Append(path), cancellationToken).ConfigureAwait(false) is not null ? null : info;
    }

    private async Task LiftAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var bytes = await lower.OpenReadAsync(source, range: null, cancellationToken).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
            await upper.WriteAsync(destination, bytes, cancellationToken).ConfigureAwait(false);
    }

    private Task UnmarkAsync(StoragePath path, CancellationToken cancellationToken) => upper.DeleteAsync(Marks.Append(path), cancellationToken);
}
