using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>Frees the bytes of deleted uploads, when the last upload of the same content is gone.</summary>
internal sealed class DeletedUploads(IUploadStore uploads, IStorage storage)
{
    private const int MostAtOnce = 100;

    /// <summary>Sees to all that were deleted.</summary>
    /// <returns>Of how many the bytes were removed.</returns>
    /// <exception cref="StorageException">The storage failed; what is left is seen to the next time.</exception>
    public async Task<int> FreeAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        IReadOnlyList<DeletedUpload> some = [];
        do
        {
            some = await uploads.ListDeletedAsync(some.LastOrDefault()?.Id ?? "", MostAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var deleted in some) removed += await FreeAsync(deleted, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }
        while (some.Count == MostAtOnce);
        return removed;
    }

    /// <summary>Sees to one.</summary>
    /// <returns>Whether its bytes were removed.</returns>
    /// <exception cref="StorageException">The storage failed.</exception>
    public Task<bool> FreeAsync(DeletedUpload deleted, CancellationToken cancellationToken) =>
        uploads.FreeAsync(deleted, () => storage.DeleteAsync(FileIngest.PathOf(deleted.Sha256), cancellationToken), cancellationToken);
}
