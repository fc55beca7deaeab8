using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Hosting;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files.Orphans;

/// <summary>Removes stored contents that no record names: a program that died between storing bytes and recording them left them.</summary>
/// <remarks>
/// What was in the storage before this database first looked is left alone. It may be somebody else's: a database that is new, or that was chosen by mistake, knows none of the files that it finds.
/// </remarks>
internal sealed class OrphanedContents(IStorage storage, IModelDatabase database, IUploadStore uploads, SharedTurns turns, TimeProvider time)
{
    private const int ContentsAtOnce = 500;

    /// <summary>Goes through all that is stored, some at a time. A storage that can't be listed is left as it is.</summary>
    /// <param name="age">How long a content rests before it may go.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="StorageException">The storage failed; what is left is seen to the next time.</exception>
    public async Task<int> RemoveAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        if (storage.Capabilities is not { Listable: true, Writable: true }) return 0;

        var (from, to) = (await turns.FindFirstAsync("orphaned contents since", cancellationToken).ConfigureAwait(false), time.GetUtcNow() - age);
        var removed = 0;
        var rested = storage.ListAsync(null, cancellationToken).Where(blob => FileIngest.IsSha256(blob.Path.Value) && IsWithin(blob)).Select(static blob => blob.Path.Value);
        await foreach (var contents in rested.Chunk(ContentsAtOnce).ConfigureAwait(false))
        {
            foreach (var sha256 in contents.Except(await FindNamedAsync(contents, cancellationToken).ConfigureAwait(false))) removed += await RemoveAsync(sha256, IsWithin, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return removed;

        bool IsWithin(BlobInfo blob) => blob.ModifiedAt >= from && blob.ModifiedAt < to;
    }

    private Task<List<string>> FindNamedAsync(IReadOnlyCollection<string> contents, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Set<UploadRow>().Where(upload => contents.Contains(upload.Sha256)).Select(upload => upload.Sha256).Distinct().ToListAsync(token),
        cancellationToken);

    // While this looks and removes, nobody adds a record; whoever adds one afterwards looks whether the bytes are there, and brings them again.
    private async Task<bool> RemoveAsync(string sha256, Func<BlobInfo, bool> isWithin, CancellationToken cancellationToken)
    {
        var (path, isRemoved) = (FileIngest.PathOf(sha256), false);
        await uploads.RemoveUnusedAsync(
            sha256,
            async () =>
            {
                // It may have come anew since it was listed, and be about to be recorded.
                if (await storage.StatAsync(path, cancellationToken).ConfigureAwait(false) is not { } present || !isWithin(present)) return;

                await storage.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
                isRemoved = true;
            },
            cancellationToken).ConfigureAwait(false);
        return isRemoved;
    }
}
