using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Missing components and wrong results that people report, and what became of it. Nothing of it enters the catalogue.</summary>
public sealed class Suggestions
{
    public const int LongestName = 120;
    public const int LongestDescription = 5_000;
    public const int LongestSpec = 200;
    public const int MostInputs = 20;
    public const int MostListed = 100;

    /// <summary>How many of one user may wait for a decision.</summary>
    public const int MostOpen = 100;

    private readonly IModelDatabase _database;
    private readonly TimeProvider _time;

    internal Suggestions(IModelDatabase database, TimeProvider time) => (_database, _time) = (database, time);

    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="WorkflowException">Something is missing or too long, or too many wait already.</exception>
    public async Task<Suggestion> AddAsync(Actor actor, NewSuggestion suggestion, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        var row = ToRow(user, suggestion, _time.GetUtcNow());
        return await _database.WriteAsync(
            async (context, token) =>
            {
                var open = await context.Set<SuggestionRow>().Where(other => other.UserId == user && other.State == SuggestionState.Open).Take(MostOpen).CountAsync(token).ConfigureAwait(false);
                if (open == MostOpen) throw WorkflowException.Invalid($"{MostOpen} suggestions of yours wait for an answer already. Take some back first.");

                context.Add(row);
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return await Read(context, context.Set<SuggestionRow>().Where(added => added.Id == row.Id)).SingleAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One's own, newest first.</summary>
    public async Task<IReadOnlyList<Suggestion>> ListOwnAsync(Actor actor, int offset, int limit, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Read);
        return await ListAsync(rows => rows.Where(row => row.UserId == user), offset, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes one's own back.</summary>
    /// <exception cref="AccessException">There is no such suggestion of this user.</exception>
    public async Task<Suggestion> DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        return await _database.WriteAsync(
            async (context, token) =>
            {
                var found = context.Set<SuggestionRow>().Where(row => row.Id == id && row.UserId == user);
                var deleted = await Read(context, found).SingleOrDefaultAsync(token).ConfigureAwait(false) ?? throw NotFound();
                await found.ExecuteDeleteAsync(token).ConfigureAwait(false);
                return deleted;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The components that were accepted and are not there yet; for everybody.</summary>
    public Task<IReadOnlyList<Suggestion>> ListPlannedAsync(CancellationToken cancellationToken) =>
        ListAsync(rows => rows.Where(row => row.State == SuggestionState.Accepted && row.Kind == SuggestionKind.Component), 0, MostListed, cancellationToken);

    private Task<IReadOnlyList<Suggestion>> ListAsync(Func<IQueryable<SuggestionRow>, IQueryable<SuggestionRow>> narrow, int offset, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<Suggestion>>(
            async (context, token) =>
            {
                var page = narrow(context.Set<SuggestionRow>()).OrderByDescending(row => row.Created).Skip(Math.Max(offset, 0)).Take(Math.Clamp(limit, 1, MostListed));
                var found = await Read(context, page).ToListAsync(token).ConfigureAwait(false);
                return [.. found.OrderByDescending(suggestion => suggestion.Created)];
            },
            cancellationToken);

    private static SuggestionRow ToRow(Guid user, NewSuggestion suggestion, DateTimeOffset now)
    {
        if (suggestion.Inputs.Count > MostInputs) throw WorkflowException.Invalid($"there may be {MostInputs} of them.", "inputs");

        return new SuggestionRow
        {
            Id = Guid.NewGuid(),
            UserId = user,
            Kind = (SuggestionKind)suggestion.Subject,
            State = SuggestionState.Open,
            Name = GivenText.Require(suggestion.Name, LongestName, "name"),
            Inputs = SpecList.Join(suggestion.Inputs.Select(spec => GivenText.Clean(spec, LongestSpec, "inputs")).Where(spec => spec.Length > 0)),
            Output = GivenText.Clean(suggestion.Output, LongestSpec, "output"),
            Description = GivenText.Require(suggestion.Description, LongestDescription, "description"),
            PlaybookId = suggestion.PlaybookId,
            Answer = "",
            Created = now,
        };
    }

    private static IQueryable<Suggestion> Read(PlaybookDbContext context, IQueryable<SuggestionRow> rows) =>
        from row in rows
        join user in context.Set<UserAccountRow>() on row.UserId equals user.Id
        select new Suggestion
        {
            Id = row.Id,
            UserId = row.UserId,
            UserName = user.Name,
            Subject = (SuggestionSubject)row.Kind,
            Status = (SuggestionStatus)row.State,
            Name = row.Name,
            Inputs = SpecList.Split(row.Inputs),
            Output = row.Output,
            Description = row.Description,
            PlaybookId = row.PlaybookId,
            Answer = row.Answer,
            Created = row.Created,
            Decided = row.Decided,
        };

    private static AccessException NotFound() => AccessException.NotFound("There is no such suggestion.");
}
