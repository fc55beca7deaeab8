using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>The playbooks that people keep: each its owner's alone, with all its versions, until it is published.</summary>
public sealed class SavedPlaybooks
{
    /// <summary>How long what was deleted can be brought back.</summary>
    public static readonly TimeSpan DeletedLife = TimeSpan.FromDays(30);

    public const int LongestTitle = 200;
    public const int LongestDescription = 20_000;
    public const int LongestTag = 40;
    public const int MostTags = 20;
    public const int MostListed = 200;

    private readonly IModelDatabase _database;
    private readonly PlaybookEngine _engine;
    private readonly ComponentCatalog _catalog;
    private readonly TimeProvider _time;

    internal SavedPlaybooks(IModelDatabase database, PlaybookEngine engine, ComponentCatalog catalog, TimeProvider time) =>
        (_database, _engine, _catalog, _time) = (database, engine, catalog, time);

    /// <summary>
    /// Keeps a playbook with the results that it shows now, without taking the shared ones from anybody. Steps without a result, and those that failed, stay live.
    /// </summary>
    /// <param name="savedId">The saved playbook that it is the next version of; null for one of its own, which it is once only.</param>
    /// <returns>What was saved; its present playbook is the one to go on with.</returns>
    /// <exception cref="AccessException">Nobody is signed in, or there is no such saved playbook.</exception>
    /// <exception cref="WorkflowException">It has no steps.</exception>
    public Task<SavedPlaybook> SaveAsync(Actor actor, Playbook playbook, Guid? savedId, CancellationToken cancellationToken) =>
        KeepAsync(actor, playbook, new Target(savedId), cancellationToken);

    /// <summary>Keeps one's own or a published playbook a second time, under a title of its own.</summary>
    public async Task<SavedPlaybook> DuplicateAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        var original = await GetAsync(actor, id, cancellationToken).ConfigureAwait(false);
        var playbook = await _engine.GetAsync(original.PlaybookId, cancellationToken).ConfigureAwait(false);
        return await KeepAsync(actor, Retitle(playbook, $"Copy of {original.Title}"), new Target(null, IsTwin: true), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives another title, which is a new version: the title is a part of the playbook.</summary>
    public async Task<SavedPlaybook> RenameAsync(Actor actor, Guid id, string title, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        var clean = GivenText.Require(title, LongestTitle, "title");
        var saved = await GetOwnAsync(actor, id, cancellationToken).ConfigureAwait(false);
        if (saved.Title == clean) return saved;

        var playbook = await _engine.GetAsync(saved.PlaybookId, cancellationToken).ConfigureAwait(false);
        return await KeepAsync(actor, Retitle(playbook, clean), new Target(id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes an earlier version the present one, as the newest of all; those between stay.</summary>
    public async Task<SavedPlaybook> RestoreAsync(Actor actor, Guid id, int number, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        await GetOwnAsync(actor, id, cancellationToken).ConfigureAwait(false);
        var playbookId = await _database.ReadAsync(
            (context, token) => context.Set<SavedPlaybookVersionRow>().Where(row => row.SavedPlaybookId == id && row.Number == number).Select(row => (Guid?)row.PlaybookId).SingleOrDefaultAsync(token),
            cancellationToken).ConfigureAwait(false) ?? throw AccessException.NotFound($"There is no version {number} of this playbook.");
        var playbook = await _engine.GetAsync(playbookId, cancellationToken).ConfigureAwait(false);
        return await KeepAsync(actor, playbook, new Target(id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts these tags in the place of those that there were.</summary>
    public async Task<SavedPlaybook> TagAsync(Actor actor, Guid id, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        string[] clean = [.. tags.Select(tag => GivenText.Clean(tag, LongestTag, "tags").ToLowerInvariant()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal)];
        if (clean.Length > MostTags) throw WorkflowException.Invalid($"a playbook may have {MostTags} tags.", "tags");

        var saved = await GetOwnAsync(actor, id, cancellationToken).ConfigureAwait(false);
        var facts = PlaybookFacts.Of(_catalog, await _engine.GetAsync(saved.PlaybookId, cancellationToken).ConfigureAwait(false));
        return await ChangeAsync(user, id, (context, row, token) => SavedPlaybookTerms.ReplaceAsync(context, row, facts, clean, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts it aside. It can be brought back within <see cref="DeletedLife"/>; whoever has a link to one of its versions can open that still.</summary>
    public Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return SetDeletedAsync(actor, id, deleted => deleted ?? now, cancellationToken);
    }

    public Task UndeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken) => SetDeletedAsync(actor, id, _ => null, cancellationToken);

    /// <summary>One's own, also a deleted one, or a published one.</summary>
    /// <exception cref="AccessException">There is none that the actor may see.</exception>
    public async Task<SavedPlaybook> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.RequireScope(AccessScopes.Read);
        var saved = await ReadOneAsync(rows => rows.Where(row => row.Id == id), cancellationToken).ConfigureAwait(false);
        return saved is not null && (actor.Owns(saved.UserId) || saved is { Published: not null, Deleted: null }) ? saved : throw NotFound();
    }

    /// <summary>One's own that has this playbook as its present version or, where there is none, as an earlier one; null when it was never saved.</summary>
    public async Task<SavedPlaybook?> FindAsync(Actor actor, Guid playbookId, CancellationToken cancellationToken)
    {
        if (actor.UserId is not { } user) return null;

        actor.RequireScope(AccessScopes.Read);
        return await ReadOneAsync(rows => rows.Where(row => row.PlaybookId == playbookId && row.UserId == user && row.Deleted == null).OrderByDescending(row => row.Updated), cancellationToken).ConfigureAwait(false)
            ?? await _database.ReadAsync((context, token) => ReadOneAsync(context, WithVersion(context, playbookId).Where(row => row.UserId == user && row.Deleted == null).OrderByDescending(row => row.Updated), token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One's own, last changed first.</summary>
    /// <param name="areDeleted">Whether to list those that were deleted and can be brought back, or all others.</param>
    public async Task<SavedPlaybookList> ListAsync(Actor actor, bool areDeleted, int offset, int limit, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Read);
        var most = Math.Clamp(limit, 1, MostListed);
        return await _database.ReadAsync(
            async (context, token) =>
            {
                var rows = await context.Set<SavedPlaybookRow>()
                    .Where(row => row.UserId == user && (row.Deleted != null) == areDeleted)
                    .OrderByDescending(row => row.Updated).ThenBy(row => row.Id)
                    .Skip(Math.Max(offset, 0)).Take(most + 1)
                    .ToListAsync(token).ConfigureAwait(false);
                return new SavedPlaybookList(await SavedPlaybookRead.ReadAsync(context, [.. rows.Take(most)], token).ConfigureAwait(false), rows.Count > most);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The versions of one's own, newest first.</summary>
    /// <param name="before">Only those with a lower number; null for all.</param>
    public async Task<IReadOnlyList<SavedPlaybookVersion>> ListVersionsAsync(Actor actor, Guid id, int? before, int limit, CancellationToken cancellationToken)
    {
        actor.RequireUser(AccessScopes.Read);
        await GetOwnAsync(actor, id, cancellationToken).ConfigureAwait(false);
        var end = before ?? int.MaxValue;
        return await _database.ReadAsync(
            (context, token) => context.Set<SavedPlaybookVersionRow>()
                .Where(row => row.SavedPlaybookId == id && row.Number < end)
                .OrderByDescending(row => row.Number)
                .Take(Math.Clamp(limit, 1, MostListed))
                .Select(row => new SavedPlaybookVersion(row.Number, row.PlaybookId, row.Title, row.Created))
                .ToListAsync(token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One's own that is not deleted; null when there is no such one.</summary>
    public async Task<SavedPlaybook?> FindOwnAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.RequireScope(AccessScopes.Read);
        return await ReadOneAsync(rows => rows.Where(row => row.Id == id && row.Deleted == null), cancellationToken).ConfigureAwait(false) is { } saved && actor.Owns(saved.UserId) ? saved : null;
    }

    private async Task<SavedPlaybook> GetOwnAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        await FindOwnAsync(actor, id, cancellationToken).ConfigureAwait(false) ?? throw NotFound();

    /// <summary>Changes one's own row, in its turn.</summary>
    internal Task<SavedPlaybook> ChangeAsync(Guid user, Guid id, Func<PlaybookDbContext, SavedPlaybookRow, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        _database.WriteBesideOthersAsync(
            async (context, token) =>
            {
                await TakeTurnAsync(context, user, token).ConfigureAwait(false);
                var row = await context.Set<SavedPlaybookRow>().SingleOrDefaultAsync(row => row.Id == id && row.UserId == user, token).ConfigureAwait(false) ?? throw NotFound();
                await change(context, row, token).ConfigureAwait(false);
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return (await SavedPlaybookRead.ReadAsync(context, [row], token).ConfigureAwait(false))[0];
            },
            cancellationToken);

    private async Task<SavedPlaybook> KeepAsync(Actor actor, Playbook playbook, Target target, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        if (playbook.IsEmpty) throw WorkflowException.Invalid("There is nothing to save yet: add a step first.");

        while (true)
        {
            var frozen = FrozenPlaybook.Of(playbook, await _engine.ReadStatesAsync(playbook, cancellationToken).ConfigureAwait(false));
            // Nothing only when a result that is frozen here was freed since it was looked at.
            if (await KeepAsync(actor, user, frozen, target, cancellationToken).ConfigureAwait(false) is { } saved) return saved;
        }
    }

    private async Task<SavedPlaybook?> KeepAsync(Actor actor, Guid user, FrozenPlaybook frozen, Target target, CancellationToken cancellationToken)
    {
        var saving = new SavedPlaybookWrite(user, frozen, PlaybookFacts.Of(_catalog, frozen.Playbook), Guid.NewGuid(), _time.GetUtcNow());
        await _engine.ImportAsync(frozen.Playbook, actor, cancellationToken).ConfigureAwait(false);
        return await _database.WriteBesideOthersAsync(
            async (context, token) =>
            {
                await TakeTurnAsync(context, user, token).ConfigureAwait(false);
                return await saving.RunAsync(context, await FindTargetAsync(context, user, frozen.Playbook.Id, target, token).ConfigureAwait(false), token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SavedPlaybookRow?> FindTargetAsync(PlaybookDbContext context, Guid user, Guid playbookId, Target target, CancellationToken cancellationToken)
    {
        var own = context.Set<SavedPlaybookRow>().Where(row => row.UserId == user && row.Deleted == null);
        if (target.Id is { } id) return await own.SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false) ?? throw NotFound();

        return target.IsTwin ? null : await own.Where(row => row.PlaybookId == playbookId).OrderBy(row => row.Created).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    // Nothing is changed: the row of a user is held until the end, so that one who saves twice at once is served one after the other.
    private static async Task TakeTurnAsync(PlaybookDbContext context, Guid user, CancellationToken cancellationToken)
    {
        var held = await context.Set<UserAccountRow>().Where(row => row.Id == user).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsDisabled, row => row.IsDisabled), cancellationToken).ConfigureAwait(false);
        if (held == 0) throw new AccessException(AccessProblem.NotSignedIn, "This account is gone. Sign in again.");
    }

    private Task SetDeletedAsync(Actor actor, Guid id, Func<DateTimeOffset?, DateTimeOffset?> change, CancellationToken cancellationToken) => ChangeAsync(
        actor.RequireUser(AccessScopes.Run),
        id,
        (_, row, _) =>
        {
            row.Deleted = change(row.Deleted);
            return Task.CompletedTask;
        },
        cancellationToken);

    private Task<SavedPlaybook?> ReadOneAsync(Func<IQueryable<SavedPlaybookRow>, IQueryable<SavedPlaybookRow>> narrow, CancellationToken cancellationToken) =>
        _database.ReadAsync((context, token) => ReadOneAsync(context, narrow(context.Set<SavedPlaybookRow>()), token), cancellationToken);

    private static async Task<SavedPlaybook?> ReadOneAsync(PlaybookDbContext context, IQueryable<SavedPlaybookRow> rows, CancellationToken cancellationToken)
    {
        var found = await rows.Take(1).ToListAsync(cancellationToken).ConfigureAwait(false);
        return (await SavedPlaybookRead.ReadAsync(context, found, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    private static IQueryable<SavedPlaybookRow> WithVersion(PlaybookDbContext context, Guid playbookId) =>
        from version in context.Set<SavedPlaybookVersionRow>()
        where version.PlaybookId == playbookId
        join row in context.Set<SavedPlaybookRow>() on version.SavedPlaybookId equals row.Id
        select row;

    private static Playbook Retitle(Playbook playbook, string title) =>
        playbook.WithMetadata((playbook.Metadata ?? new PlaybookMetadata()) with { Title = GivenText.Shorten(title, LongestTitle) });

    private static AccessException NotFound() => AccessException.NotFound("There is no such saved playbook.");

    /// <param name="Id">The saved playbook that gets a new version.</param>
    /// <param name="IsTwin">Whether it is to be a new one even where the same is saved already.</param>
    private readonly record struct Target(Guid? Id, bool IsTwin = false);
}
