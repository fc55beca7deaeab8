namespace PlaybookBuilder.Core.Storage;

/// <summary>
/// A store of blobs: named byte sequences that appear whole or not at all.
/// </summary>
/// <remarks>
/// <para>Every failure of the store is a <see cref="StorageException"/> with a <see cref="StorageErrorKind"/>; no provider's own exception passes, from the streams neither.</para>
/// <para>A name is either a blob or a folder of blobs. Where both are asked for, a provider either keeps both or refuses the second with <see cref="StorageErrorKind.Conflict"/>.</para>
/// <para>Every method is safe to call from many threads at once, and throws <see cref="OperationCanceledException"/> when its token is cancelled.</para>
/// </remarks>
public interface IStorage
{
    StorageCapabilities Capabilities { get; }

    /// <summary>Size and time of a blob, or null when there is none.</summary>
    Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a blob, or the part of it in <paramref name="range"/>. What was opened stays readable to its end as it was, even when the blob is replaced or deleted meanwhile
    /// (<see cref="StorageCapabilities.SnapshotReads"/> says how far).
    /// </summary>
    /// <exception cref="StorageException">
    /// <see cref="StorageErrorKind.NotFound"/> when there is no such blob; <see cref="StorageErrorKind.RangeNotSatisfiable"/> when the range begins at or past its end.
    /// </exception>
    Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken);

    /// <summary>Begins a blob that nobody sees until <see cref="PendingBlob.CommitAsync"/>; disposing of it before that leaves nothing.</summary>
    Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken);

    /// <summary>All blobs below a folder, at any depth and in no particular order; null lists the whole store. A folder that does not exist is empty.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; one that does not exist is no error.</summary>
    Task DeleteAsync(StoragePath path, CancellationToken cancellationToken);

    /// <summary>Copies a blob, replacing what is at <paramref name="destination"/> in one moment.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.NotFound"/> when there is no source.</exception>
    Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken);

    /// <summary>Renames a blob, replacing what is at <paramref name="destination"/>; onto itself it changes nothing.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.NotFound"/> when there is no source.</exception>
    Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken);

    /// <summary>A URL at which anybody can read the blob for <paramref name="lifetime"/> without credentials.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.Unsupported"/> without <see cref="StorageCapabilities.SignedReadUrls"/>.</exception>
    Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what writers that never committed nor disposed (a crash, a power cut) left behind and last touched before <paramref name="before"/>.
    /// </summary>
    /// <returns>How many were removed.</returns>
    Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
