using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files;

/// <summary>What a user uploaded.</summary>
internal sealed partial class OwnUploads(IModelDatabase database, IUploadStore uploads, DeletedUploads deleted, AuditLog audit, ILogger<OwnUploads> logger)
{
    /// <summary>Newest first.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public Task<Paged<Upload>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken) => ListAsync(actor, default, page, cancellationToken);

    /// <summary>Those that are asked for, in the order that is asked for.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="Workflows.WorkflowException">No database can look for these words, or the place in the list is not one that a page gave.</exception>
    public Task<Paged<Upload>> ListAsync(Actor actor, UploadQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        Guid? user = actor.RequireUser(AccessScopes.Read);
        var (place, keyOf) = PlaceOf(query.Order, page.After);
        var words = (FilterText.Check(query.Words, "find") ?? "").Trim().ToLowerInvariant();
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = context.Set<UploadRow>().Where(row => row.UserId == user);
                if (words.Length > 0) rows = rows.Where(row => row.Filename.ToLower().Contains(words));
                var found = await place(rows).Take(page.Size + 1)
                    .Select(row => new Upload(row.Id, row.Sha256, row.Size, row.Filename, row.UserId, row.Created, row.Sharing))
                    .ToListAsync(token).ConfigureAwait(false);
                return Paged<Upload>.Of(found, page.Size, keyOf);
            },
            cancellationToken);
    }

    /// <summary>Says who may have the bytes of an upload beside its owner.</summary>
    /// <param name="address">From which network address, for the audit log.</param>
    /// <exception cref="AccessException">It is not the actor's, or nobody is signed in.</exception>
    public async Task<Upload> ShareAsync(Actor actor, string id, UploadSharing sharing, string address, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Upload);
        var upload = await FindAsync(user, id, cancellationToken).ConfigureAwait(false);
        var isShared = await database.WriteAsync(
            async (context, token) =>
            {
                if (await context.Set<UploadRow>().Where(row => row.Id == id && row.UserId == user).ExecuteUpdateAsync(row => row.SetProperty(one => one.Sharing, sharing), token).ConfigureAwait(false) == 0) return false;

                context.Add(audit.NewEntry(actor, "upload.share", id, $"{upload.Filename}: {sharing.ToString().ToLowerInvariant()}", address));
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return isShared ? upload with { Sharing = sharing } : throw NotFound();
    }

    /// <summary>Tells what would miss an upload.</summary>
    /// <exception cref="AccessException">It is not the actor's, or nobody is signed in.</exception>
    public async Task<UploadUse> FindUseAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Read);
        var upload = await FindAsync(user, id, cancellationToken).ConfigureAwait(false);
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

    private async Task<Upload> FindAsync(Guid user, string id, CancellationToken cancellationToken) =>
        await uploads.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } upload && upload.UserId == user ? upload : throw NotFound();

    // What follows the last of the part before, and how the last of this one is told.
    private static (Func<IQueryable<UploadRow>, IQueryable<UploadRow>> Place, Func<Upload, string> KeyOf) PlaceOf(UploadOrder order, string? after)
    {
        switch (order)
        {
            case UploadOrder.Name:
                var (namedId, name) = PageKey.ReadNamed(after);
                return (rows => rows.Where(row => string.Compare(row.Filename, name) > 0 || (row.Filename == name && string.Compare(row.Id, namedId) > 0)).OrderBy(row => row.Filename).ThenBy(row => row.Id), static upload => PageKey.Of(upload.Id, upload.Filename));
            case UploadOrder.Size:
                var (size, sizedId) = PageKey.ReadNumberAndName(after);
                return (rows => rows.Where(row => row.Size < size || (row.Size == size && string.Compare(row.Id, sizedId) > 0)).OrderByDescending(row => row.Size).ThenBy(row => row.Id), static upload => PageKey.Of(upload.Size, upload.Id));
            default:
                var (at, id) = PageKey.ReadTimeAndName(after);
                return (rows => rows.Where(row => row.Created <= at && (row.Created < at || string.Compare(row.Id, id) > 0)).OrderByDescending(row => row.Created).ThenBy(row => row.Id), static upload => PageKey.Of(upload.Created, upload.Id));
        }
    }

    private static AccessException NotFound() => AccessException.NotFound("There is no such upload of yours.");

    [LoggerMessage(LogLevel.Warning, "The bytes of a deleted upload could not be removed; the next try is in some minutes")]
    private partial void LogKept(Exception exception);
}
