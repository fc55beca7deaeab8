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

    /// <summary>Those whose name begins so, as it was written and then with other capitals, by name; then those whose e-mail address does, by address.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<UserSummary>> FindAsync(Actor actor, string beginning, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var ((begun, last), size) = (PageKey.ReadPlace(page.After), page.Size);
        var text = FilterText.Check(beginning, "find")!.Trim();
        if (text.Length == 0) return Task.FromResult(new Paged<UserSummary>([], null));

        var names = NamePrefix.VariantsOf(text);
        var address = NamePrefix.VariantsOf(text.ToLowerInvariant())[0];
        return database.ReadAsync(
            async (context, token) =>
            {
                var after = last is { } id ? await context.Set<UserAccountRow>().SingleOrDefaultAsync(row => row.Id == id, token).ConfigureAwait(false) ?? throw PageKey.Wrong() : null;
                var found = new List<(int Group, UserSummary User)>();
                for (var group = begun; group <= names.Count && found.Count <= size; group++)
                {
                    var rows = group < names.Count ? WithName(context, names[group], after) : WithEmail(context, address, after, names);
                    var more = await Summarize(context, rows.Take(size + 1 - found.Count)).ToListAsync(token).ConfigureAwait(false);
                    found.AddRange(more.Select(user => (group, user)));
                    after = null;
                }

                var part = Paged<(int Group, UserSummary User)>.Of(found, size, static one => PageKey.Of(one.Group, one.User.Id));
                return new Paged<UserSummary>([.. part.Items.Select(static one => one.User)], part.Next);
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

    private static IQueryable<UserAccountRow> WithName(PlaybookDbContext context, NamePrefix prefix, UserAccountRow? after)
    {
        var (text, until) = prefix;
        var from = after?.Name ?? text;
        var rows = context.Set<UserAccountRow>().Where(row => string.Compare(row.Name, from) >= 0 && row.Name.StartsWith(text));
        if (until is not null) rows = rows.Where(row => string.Compare(row.Name, until) < 0);
        if (after is { Id: var id }) rows = rows.Where(row => string.Compare(row.Name, from) > 0 || row.Id > id);
        return rows.OrderBy(row => row.Name).ThenBy(row => row.Id);
    }

    /// <param name="names">Who is found by one of these is left out.</param>
    private static IQueryable<UserAccountRow> WithEmail(PlaybookDbContext context, NamePrefix prefix, UserAccountRow? after, IReadOnlyList<NamePrefix> names)
    {
        var (text, until) = prefix;
        var from = after?.Email ?? text;
        var rows = context.Set<UserAccountRow>().Where(row => row.Email != null && string.Compare(row.Email, from) >= 0 && row.Email.StartsWith(text));
        if (until is not null) rows = rows.Where(row => string.Compare(row.Email, until) < 0);
        if (after is { Id: var id }) rows = rows.Where(row => string.Compare(row.Email, from) > 0 || row.Id > id);
        foreach (var (name, _) in names) rows = rows.Where(row => !row.Name.StartsWith(name));
        return rows.OrderBy(row => row.Email).ThenBy(row => row.Id);
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
