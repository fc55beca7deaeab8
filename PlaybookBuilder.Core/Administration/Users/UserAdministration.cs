using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Users;

/// <summary>All users, for administrators.</summary>
internal sealed class UserAdministration(IModelDatabase database, AdminRule admins)
{
    private const int MostSignIns = 50;

    /// <summary>All users, the newest accounts first.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<UserSummary>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var ((at, id), size) = (PageKey.ReadTime(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = context.Set<UserAccountRow>()
                    .Where(row => row.Created <= at && (row.Created < at || row.Id < id))
                    .OrderByDescending(row => row.Created).ThenByDescending(row => row.Id).Take(size + 1);
                return Paged<UserSummary>.Of(await Summarize(context, rows).ToListAsync(token).ConfigureAwait(false), size, static user => PageKey.Of(user.Created ?? DateTimeOffset.UnixEpoch, user.Id));
            },
            cancellationToken);
    }

    /// <summary>Those whose name or e-mail address begins so, by name; no more than fit a page.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<IReadOnlyList<UserSummary>> FindAsync(Actor actor, string beginning, int? limit, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var size = new PageRequest(Limit: limit).Size;
        var text = FilterText.Check(beginning, "find")!.Trim();
        if (text.Length == 0) return Task.FromResult<IReadOnlyList<UserSummary>>([]);

        return database.ReadAsync<IReadOnlyList<UserSummary>>(
            async (context, token) =>
            {
                var found = new List<UserSummary>();
                foreach (var prefix in NamePrefix.VariantsOf(text)) found.AddRange(await Summarize(context, WithName(context, prefix, size)).ToListAsync(token).ConfigureAwait(false));
                found.AddRange(await Summarize(context, WithEmail(context, NamePrefix.VariantsOf(text.ToLowerInvariant())[0], size)).ToListAsync(token).ConfigureAwait(false));
                return [.. found.DistinctBy(user => user.Id).OrderBy(user => user.Name, StringComparer.OrdinalIgnoreCase).ThenBy(user => user.Id).Take(size)];
            },
            cancellationToken);
    }

    /// <exception cref="AccessException">The actor is no administrator, or there is no such user.</exception>
    public Task<UserDetail> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        return database.ReadAsync(
            async (context, token) =>
            {
                var user = await Summarize(context, context.Set<UserAccountRow>().Where(row => row.Id == id)).SingleOrDefaultAsync(token).ConfigureAwait(false) ?? throw AccessException.NotFound("There is no such user.");
                var signIns = await context.Set<SignInRow>().Where(row => row.UserId == id).Take(MostSignIns)
                    .Select(row => new UserSignInSummary(row.Provider, row.Email, row.IsEmailVerified, row.Created, row.LastUsed)).ToListAsync(token).ConfigureAwait(false);
                var playbooks = await context.Set<SavedPlaybookRow>().CountAsync(row => row.UserId == id, token).ConfigureAwait(false);
                var uploads = await context.Set<UploadRow>().CountAsync(row => row.UserId == id, token).ConfigureAwait(false);
                var bytes = await context.Set<UploadRow>().Where(row => row.UserId == id).SumAsync(row => row.Size, token).ConfigureAwait(false);
                return new UserDetail(user, signIns, playbooks, uploads, bytes);
            },
            cancellationToken);
    }

    private static IQueryable<UserAccountRow> WithName(PlaybookDbContext context, NamePrefix prefix, int size)
    {
        var (text, until) = prefix;
        var rows = context.Set<UserAccountRow>().Where(row => string.Compare(row.Name, text) >= 0 && row.Name.StartsWith(text));
        if (until is not null) rows = rows.Where(row => string.Compare(row.Name, until) < 0);
        return rows.OrderBy(row => row.Name).Take(size);
    }

    private static IQueryable<UserAccountRow> WithEmail(PlaybookDbContext context, NamePrefix prefix, int size)
    {
        var (text, until) = prefix;
        var rows = context.Set<UserAccountRow>().Where(row => row.Email != null && string.Compare(row.Email, text) >= 0 && row.Email.StartsWith(text));
        if (until is not null) rows = rows.Where(row => string.Compare(row.Email, until) < 0);
        return rows.OrderBy(row => row.Email).Take(size);
    }

    private IQueryable<UserSummary> Summarize(PlaybookDbContext context, IQueryable<UserAccountRow> rows)
    {
        var ofAdmins = admins.SignIns(context);
        // The local user came with the schema.
        var never = DateTimeOffset.UnixEpoch;
        return rows.Select(row => new UserSummary(
            row.Id, row.Name, row.Email, row.Affiliation, row.IsAdmin, ofAdmins.Any(signIn => signIn.UserId == row.Id), row.IsDisabled, row.Created == never ? null : row.Created, row.LastSeen == never ? null : row.LastSeen));
    }
}
