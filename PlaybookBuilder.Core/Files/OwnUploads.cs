using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>What a user uploaded.</summary>
internal sealed partial class OwnUploads(IModelDatabase database, IUploadStore uploads, DeletedUploads deleted, ILogger<OwnUploads> logger)
{
    /// <summary>Newest first.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public Task<Paged<Upload>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken)
    {
        Guid? user = actor.RequireUser(AccessScopes.Read);
        var ((at, id), size) = (PageKey.ReadTimeAndName(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var found = await context.Set<UploadRow>()
                    .Where(row => row.UserId == user && row.Created <= at && (row.Created < at || string.Compare(row.Id, id) > 0))
                    .OrderByDescending(row => row.Created).ThenBy(row => row.Id)
                    .Take(size + 1)
                    .Select(row => new Upload(row.Id, row.Sha256, row.Size, row.Filename, row.UserId, row.Created, row.Sharing))
                    .ToListAsync(token).ConfigureAwait(false);
                return Paged<Upload>.Of(found, size, static upload => PageKey.Of(upload.Created, upload.Id));
            },
            cancellationToken);
    }

    /// <summary>Tells what would miss an upload.</summary>
    /// <exception cref="AccessException">It is not the actor's, or nobody is signed in.</exception>
    public async Task<UploadUse> FindUseAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Read);
        var upload = await uploads.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (upload is null || upload.UserId != user) throw NotFound();

        return await database.ReadAsync(
            async (context, token) =>
            {
                var saved =
                    from term in context.Set<SavedPlaybookTermRow>()
                    where term.Kind == SavedPlaybookTermKind.Upload && term.Value == id
                    join row in context.Set<SavedPlaybookRow>() on term.SavedPlaybookId equals row.Id
                    where row.Deleted == null
                    select row;
                return new UploadUse(
                    upload,
                    await context.Set<UploadGrantRow>().CountAsync(row => row.UploadId == id, token).ConfigureAwait(false),
                    await saved.CountAsync(token).ConfigureAwait(false),
                    await saved.CountAsync(row => row.Published != null, token).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an upload. From now on nobody reads it, whatever names it; the bytes go with the last upload of the same content.</summary>
    /// <exception cref="AccessException">It is not the actor's, or nobody is signed in.</exception>
    public async Task DeleteAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Upload);
        var upload = await uploads.DeleteAsync(id, user, cancellationToken).ConfigureAwait(false) ?? throw NotFound();
        try
        {
            await deleted.FreeAsync(new DeletedUpload(upload.Id, upload.Sha256), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException exception)
        {
            // It is deleted all the same, and the bytes are seen to later.
            LogKept(exception);
        }
    }

    private static AccessException NotFound() => AccessException.NotFound("There is no such upload of yours.");

    [LoggerMessage(LogLevel.Warning, "The bytes of a deleted upload could not be removed; the next try is in some minutes")]
    private partial void LogKept(Exception exception);
}
