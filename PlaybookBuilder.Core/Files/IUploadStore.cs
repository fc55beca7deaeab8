namespace PlaybookBuilder.Core.Files;

/// <summary>Where the records of uploads are kept.</summary>
public interface IUploadStore
{
    /// <summary>Keeps a record. Whoever looks for its bytes afterwards and finds them can rely on them: see <see cref="FreeAsync"/>.</summary>
    Task AddAsync(Upload upload, CancellationToken cancellationToken);

    /// <summary>Keeps a record of what a resumable upload became, as <see cref="AddAsync"/> does, unless that became one before, or is gone.</summary>
    /// <returns>Whether it was kept.</returns>
    Task<bool> AddFinishedAsync(Upload upload, string resumableId, CancellationToken cancellationToken);

    /// <summary>Deletes a record, and remembers that its bytes may have to go. From then on nobody reads by it.</summary>
    /// <param name="userId">Whose it must be; null for what a process made.</param>
    /// <returns>The record; null when there is none, or it is somebody else's.</returns>
    Task<Upload?> DeleteAsync(string id, Guid? userId, CancellationToken cancellationToken);

    /// <summary>Reads records that were deleted and whose bytes nobody saw to yet, in the order of their ids.</summary>
    /// <param name="after">The last id that is known; empty for the beginning.</param>
    Task<IReadOnlyList<DeletedUpload>> ListDeletedAsync(string after, int most, CancellationToken cancellationToken);

    /// <summary>Removes the bytes of a deleted record unless they are those of another record, and forgets the deletion. No record of the same bytes is added meanwhile.</summary>
    /// <param name="removeBytes">Does it; may be called again.</param>
    /// <returns>Whether the bytes were removed.</returns>
    Task<bool> FreeAsync(DeletedUpload deleted, Func<Task> removeBytes, CancellationToken cancellationToken);

    /// <summary>Removes the bytes of a content that has no record. No record of the same bytes is added meanwhile.</summary>
    /// <param name="removeBytes">Does it; may be called again.</param>
    /// <returns>Whether there was no record.</returns>
    Task<bool> RemoveUnusedAsync(string sha256, Func<Task> removeBytes, CancellationToken cancellationToken);

    /// <summary>Reads a record; null when there is none.</summary>
    Task<Upload?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads those of the named uploads that there are, with whether the value that names it was granted it.</summary>
    Task<IReadOnlyList<NamedUpload>> FindNamedAsync(IReadOnlyCollection<UploadGrant> named, CancellationToken cancellationToken);

    /// <summary>Reads a record for a process.</summary>
    Task<UploadForProcess> FindForProcessAsync(string id, Guid processId, CancellationToken cancellationToken);

    /// <summary>Counts what is stored; the same content counts once, however often it was uploaded.</summary>
    Task<StoredFiles> MeasureAsync(CancellationToken cancellationToken);
}
