namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>Removes resumable uploads that nobody went on with, and the parts of those that are gone.</summary>
internal sealed class ExpiredUploads(ResumableUploadStore store, UploadParts parts, TimeProvider time)
{
    private const int MostAtOnce = 100;

    // Longer than anybody takes from writing a part to telling of it.
    private static readonly TimeSpan Rest = ResumableUploads.Lifetime;

    /// <returns>Of how many uploads something was removed.</returns>
    /// <exception cref="Storage.StorageException">The storage failed; what is left is seen to the next time.</exception>
    public async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await RemoveExpiredAsync(now, cancellationToken).ConfigureAwait(false) + await RemoveStrayPartsAsync(now - Rest, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var removed = 0;
        List<string> ids;
        do
        {
            ids = await store.ListExpiredAsync(now, MostAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var id in ids)
            {
                // First the record: whoever finds it relies on the parts.
                if (!await store.DeleteExpiredAsync(id, now, cancellationToken).ConfigureAwait(false)) continue;

                await parts.RemoveAllAsync(id, cancellationToken).ConfigureAwait(false);
                removed++;
            }
        }
        while (ids.Count == MostAtOnce);
        return removed;
    }

    private async Task<int> RemoveStrayPartsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var ids in (await parts.ListRestingAsync(since, cancellationToken).ConfigureAwait(false)).Chunk(MostAtOnce))
        {
            foreach (var id in ids.Except(await store.FindAllAsync(ids, cancellationToken).ConfigureAwait(false)))
            {
                await parts.RemoveAllAsync(id, cancellationToken).ConfigureAwait(false);
                removed++;
            }
        }

        return removed;
    }
}
