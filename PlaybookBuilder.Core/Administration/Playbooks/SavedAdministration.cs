using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Playbooks;

/// <summary>Everybody's saved playbooks, for administrators.</summary>
internal sealed class SavedAdministration(IModelDatabase database)
{
    /// <summary>Those changed last first; curated ones most clicked first.</summary>
    /// <param name="ownerId">Whose; null for everybody's.</param>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<SavedSummary>> ListAsync(Actor actor, SavedKind kind, Guid? ownerId, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        return kind == SavedKind.Curated ? ListCuratedAsync(ownerId, page, cancellationToken) : ListChangedAsync(kind, ownerId, page, cancellationToken);
    }

    private Task<Paged<SavedSummary>> ListChangedAsync(SavedKind kind, Guid? ownerId, PageRequest page, CancellationToken cancellationToken)
    {
        var ((at, id), size) = (PageKey.ReadTime(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = Of(context, ownerId).Where(row => row.Updated <= at && (row.Updated < at || row.Id < id));
                if (kind == SavedKind.Published) rows = rows.Where(row => row.Published != null && row.Deleted == null);
                var found = await Summarize(context, rows.OrderByDescending(row => row.Updated).ThenByDescending(row => row.Id).Take(size + 1)).ToListAsync(token).ConfigureAwait(false);
                return Paged<SavedSummary>.Of(found, size, static saved => PageKey.Of(saved.Updated, saved.Id));
            },
            cancellationToken);
    }

    private Task<Paged<SavedSummary>> ListCuratedAsync(Guid? ownerId, PageRequest page, CancellationToken cancellationToken)
    {
        var ((clicks, id), size) = (PageKey.ReadNumber(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = Of(context, ownerId).Where(row => row.IsCurated && row.Deleted == null && row.Clicks <= clicks && (row.Clicks < clicks || row.Id < id));
                var found = await Summarize(context, rows.OrderByDescending(row => row.Clicks).ThenByDescending(row => row.Id).Take(size + 1)).ToListAsync(token).ConfigureAwait(false);
                return Paged<SavedSummary>.Of(found, size, static saved => PageKey.Of(saved.Clicks, saved.Id));
            },
            cancellationToken);
    }

    private static IQueryable<SavedPlaybookRow> Of(PlaybookDbContext context, Guid? ownerId) =>
        ownerId is null ? context.Set<SavedPlaybookRow>() : context.Set<SavedPlaybookRow>().Where(row => row.UserId == ownerId);

    private static IQueryable<SavedSummary> Summarize(PlaybookDbContext context, IQueryable<SavedPlaybookRow> rows) => rows.Select(row => new SavedSummary(
        row.Id, row.PlaybookId, row.Title, row.UserId, context.Set<UserAccountRow>().Where(user => user.Id == row.UserId).Select(user => user.Name).First(), row.Version, row.Published, row.IsCurated, row.Clicks, row.Created, row.Updated, row.Deleted));
}
