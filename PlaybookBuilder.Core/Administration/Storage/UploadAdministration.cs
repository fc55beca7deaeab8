using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Storage;

/// <summary>Everybody's uploads, for administrators.</summary>
internal sealed class UploadAdministration(IModelDatabase database)
{
    /// <summary>One user's, newest first; or all in the order of their ids, which is none.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<UploadSummary>> ListAsync(Actor actor, Guid? userId, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        return userId is { } user ? ListOfAsync(user, page, cancellationToken) : ListAllAsync(page, cancellationToken);
    }

    internal static IQueryable<UploadSummary> Summarize(PlaybookDbContext context, IQueryable<UploadRow> rows) => rows.Select(row => new UploadSummary(
        row.Id, row.Filename, row.Sha256, row.Size, row.UserId, context.Set<UserAccountRow>().Where(user => user.Id == row.UserId).Select(user => user.Name).FirstOrDefault(), row.Created));

    private Task<Paged<UploadSummary>> ListOfAsync(Guid userId, PageRequest page, CancellationToken cancellationToken)
    {
        var ((at, id), size) = (PageKey.ReadTimeAndName(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = context.Set<UploadRow>().Where(row => row.UserId == userId && row.Created <= at && (row.Created < at || string.Compare(row.Id, id) > 0));
                var found = await Summarize(context, rows.OrderByDescending(row => row.Created).ThenBy(row => row.Id).Take(size + 1)).ToListAsync(token).ConfigureAwait(false);
                return Paged<UploadSummary>.Of(found, size, static upload => PageKey.Of(upload.Created, upload.Id));
            },
            cancellationToken);
    }

    private Task<Paged<UploadSummary>> ListAllAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var (after, size) = (PageKey.ReadName(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = context.Set<UploadRow>().Where(row => string.Compare(row.Id, after) > 0).OrderBy(row => row.Id).Take(size + 1);
                return Paged<UploadSummary>.Of(await Summarize(context, rows).ToListAsync(token).ConfigureAwait(false), size, static upload => upload.Id);
            },
            cancellationToken);
    }
}
