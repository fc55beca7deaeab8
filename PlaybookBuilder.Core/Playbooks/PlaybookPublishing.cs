using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>What stands beside a published playbook.</summary>
/// <param name="Authors">Names, separated by commas.</param>
/// <param name="Licence">The SPDX identifier of one of <see cref="Licences.All"/>.</param>
public sealed record Publication(string Title, string Description, string Authors, string Licence);

/// <summary>Lets everybody find a saved playbook. What is published is always its present version.</summary>
public sealed class PlaybookPublishing
{
    public const int LongestAuthors = 1_000;

    private readonly SavedPlaybooks _saved;
    private readonly PlaybookEngine _engine;
    private readonly ComponentCatalog _catalog;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;

    internal PlaybookPublishing(SavedPlaybooks saved, PlaybookEngine engine, ComponentCatalog catalog, AuditLog audit, TimeProvider time) =>
        (_saved, _engine, _catalog, _audit, _time) = (saved, engine, catalog, audit, time);

    /// <summary>Publishes one's own, or changes what stands beside it.</summary>
    /// <exception cref="AccessException">There is no such playbook of this user.</exception>
    /// <exception cref="WorkflowException">Something is missing or too long.</exception>
    public async Task<SavedPlaybook> PublishAsync(Actor actor, Guid id, Publication publication, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        var description = GivenText.Clean(publication.Description, SavedPlaybooks.LongestDescription, "description");
        var authors = GivenText.Require(publication.Authors, LongestAuthors, "authors");
        var licence = Licences.Find(publication.Licence) ?? throw WorkflowException.Invalid($"a licence of these is needed: {string.Join(", ", Licences.All.Select(known => known.Id))}.", "licence");
        var saved = await _saved.RenameAsync(actor, id, publication.Title, cancellationToken).ConfigureAwait(false);
        var facts = await ReadFactsAsync(saved, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        return await _saved.ChangeAsync(
            user,
            id,
            (context, row, token) =>
            {
                (row.Description, row.Authors, row.Licence) = (description, authors, licence.Id);
                row.Published ??= now;
                row.Updated = now;
                return SavedPlaybookTerms.ReplaceAsync(context, row, facts, tags: null, token);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes one's own off the lists again; an administrator can do so with anybody's. Those who have its link can open it still.</summary>
    /// <param name="address">From which network address, for the audit log.</param>
    /// <exception cref="AccessException">No such playbook is published, or it is not this user's.</exception>
    public async Task<SavedPlaybook> UnpublishAsync(Actor actor, Guid id, string address, CancellationToken cancellationToken)
    {
        // What is published is there for everybody to see.
        if (actor.IsAdmin) actor.RequireAdmin();
        else actor.RequireUser(AccessScopes.Run);
        var saved = await _saved.GetAsync(Actor.Anonymous, id, cancellationToken).ConfigureAwait(false);
        if (!actor.Owns(saved.UserId)) actor.RequireAdmin();
        var facts = await ReadFactsAsync(saved, cancellationToken).ConfigureAwait(false);
        return await _saved.ChangeAsync(
            saved.UserId,
            id,
            (context, row, token) =>
            {
                RequirePublished(row);
                (row.Published, row.IsCurated) = (null, false);
                context.Add(_audit.NewEntry(actor, "playbook.unpublish", id.ToString(), row.Title, address));
                return SavedPlaybookTerms.ReplaceAsync(context, row, facts, tags: null, token);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a published playbook among the curated ones, or back among the community's.</summary>
    /// <param name="address">From which network address, for the audit log.</param>
    /// <exception cref="AccessException">The actor is no administrator, or no such playbook is published.</exception>
    public async Task<SavedPlaybook> CurateAsync(Actor actor, Guid id, bool isCurated, string address, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var saved = await _saved.GetAsync(Actor.Anonymous, id, cancellationToken).ConfigureAwait(false);
        return await _saved.ChangeAsync(
            saved.UserId,
            id,
            (context, row, _) =>
            {
                RequirePublished(row);
                row.IsCurated = isCurated;
                context.Add(_audit.NewEntry(actor, isCurated ? "playbook.curate" : "playbook.uncurate", id.ToString(), row.Title, address));
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static void RequirePublished(SavedPlaybookRow row)
    {
        if (row.Published is null || row.Deleted is not null) throw AccessException.NotFound("No such playbook is published.");
    }

    private async Task<PlaybookFacts> ReadFactsAsync(SavedPlaybook saved, CancellationToken cancellationToken) =>
        PlaybookFacts.Of(_catalog, await _engine.GetAsync(saved.PlaybookId, cancellationToken).ConfigureAwait(false));
}
