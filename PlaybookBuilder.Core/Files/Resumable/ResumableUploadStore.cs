using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>The records of resumable uploads. Each change is one statement that holds only where the record is as it was thought to be.</summary>
internal sealed class ResumableUploadStore(IModelDatabase database)
{
    public Task AddAsync(ResumableUploadRow row, CancellationToken cancellationToken) => database.WriteAsync(
        (context, token) =>
        {
            context.Add(row);
            return context.SaveChangesAsync(token);
        },
        cancellationToken);

    public Task<ResumableUploadRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => context.Set<ResumableUploadRow>().SingleOrDefaultAsync(row => row.Id == id, token), cancellationToken);

    /// <summary>A user's that are not complete, or not finished, newest first.</summary>
    public Task<List<ResumableUploadRow>> ListUnfinishedAsync(Guid userId, DateTimeOffset now, int most, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Set<ResumableUploadRow>().Where(row => row.UserId == userId && row.UploadId == null && row.Expires > now).OrderByDescending(row => row.Created).Take(most).ToListAsync(token),
        cancellationToken);

    /// <summary>Reads some of those whose bytes are all there and of which nothing became yet, in the order in which they expire.</summary>
    /// <param name="after">The last that is known, or a time from which on.</param>
    /// <param name="until">Until when they expire.</param>
    public Task<List<ResumableUploadRow>> ListUnfinishedAsync((DateTimeOffset Expires, string Id) after, DateTimeOffset until, int most, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Set<ResumableUploadRow>()
            .Where(row => row.Expires >= after.Expires && row.Expires <= until && (row.Expires > after.Expires || string.Compare(row.Id, after.Id) > 0) && row.UploadId == null && row.Received == row.Size)
            .OrderBy(row => row.Expires).ThenBy(row => row.Id).Take(most).ToListAsync(token),
        cancellationToken);

    /// <summary>Tells that bytes up to an offset are kept.</summary>
    /// <param name="from">Where they begin.</param>
    /// <returns>False when the upload is gone, or does not end where they begin.</returns>
    public Task<bool> AdvanceAsync(string id, long from, long to, DateTimeOffset expires, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) => await context.Set<ResumableUploadRow>().Where(row => row.Id == id && row.Received == from && row.UploadId == null)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Received, to).SetProperty(one => one.Expires, expires), token).ConfigureAwait(false) == 1,
        cancellationToken);

    /// <returns>False when there is none, or it is somebody else's.</returns>
    public Task<bool> DeleteAsync(string id, Guid userId, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) => await context.Set<ResumableUploadRow>().Where(row => row.Id == id && row.UserId == userId).ExecuteDeleteAsync(token).ConfigureAwait(false) == 1,
        cancellationToken);

    /// <summary>Takes back that an upload is finished, with the record of what it became: the bytes of that could not be kept.</summary>
    public Task TakeBackAsync(string id, Upload upload, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) =>
        {
            await context.Set<ResumableUploadRow>().Where(row => row.Id == id && row.UploadId == upload.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.UploadId, (string?)null), token).ConfigureAwait(false);
            if (await context.Set<UploadRow>().Where(row => row.Id == upload.Id).ExecuteDeleteAsync(token).ConfigureAwait(false) == 0) return 0;

            context.Add(new DeletedUploadRow { Id = upload.Id, Sha256 = upload.Sha256 });
            return await context.SaveChangesAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Reads some of those that expired, and are no more to be used.</summary>
    public Task<List<string>> ListExpiredAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Set<ResumableUploadRow>().Where(row => row.Expires <= now).OrderBy(row => row.Expires).Take(most).Select(row => row.Id).ToListAsync(token),
        cancellationToken);

    /// <returns>False when it is gone, or more of it came meanwhile.</returns>
    public Task<bool> DeleteExpiredAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) => await context.Set<ResumableUploadRow>().Where(row => row.Id == id && row.Expires <= now).ExecuteDeleteAsync(token).ConfigureAwait(false) == 1,
        cancellationToken);

    /// <summary>Which of these there are.</summary>
    public Task<List<string>> FindAllAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Set<ResumableUploadRow>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(token),
        cancellationToken);
}
