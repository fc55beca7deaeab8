using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Administration.Playbooks;

/// <summary>Everybody's suggestions, for administrators to decide on.</summary>
internal sealed class SuggestionAdministration(IModelDatabase database, AuditLog audit, TimeProvider time)
{
    public const int LongestAnswer = 5_000;

    /// <summary>Those in one state, newest first.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<SuggestionSummary>> ListAsync(Actor actor, SuggestionState state, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var ((at, id), size) = (PageKey.ReadTime(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var found = await context.Set<SuggestionRow>()
                    .Where(row => row.State == state && row.Created <= at && (row.Created < at || row.Id < id))
                    .OrderByDescending(row => row.Created).ThenByDescending(row => row.Id).Take(size + 1)
                    .Select(row => new SuggestionSummary(
                        row.Id, row.UserId, context.Set<UserAccountRow>().Where(user => user.Id == row.UserId).Select(user => user.Name).First(), row.Kind, row.State, row.Name, row.Inputs, row.Output, row.Description, row.PlaybookId, row.Answer, row.Created, row.Decided))
                    .ToListAsync(token).ConfigureAwait(false);
                return Paged<SuggestionSummary>.Of(found, size, static suggestion => PageKey.Of(suggestion.Created, suggestion.Id));
            },
            cancellationToken);
    }

    /// <summary>Says that it will be done: a missing component is listed as planned from here on.</summary>
    /// <param name="answer">For whom it came from; may be empty.</param>
    /// <exception cref="AccessException">The actor is no administrator, or there is no such suggestion.</exception>
    public Task AcceptAsync(Actor actor, Guid id, string answer, string address, CancellationToken cancellationToken) =>
        DecideAsync(actor, id, SuggestionState.Accepted, "suggestion.accept", answer, address, cancellationToken);

    /// <summary>Says that it will not be done, and why.</summary>
    /// <exception cref="AccessException">The actor is no administrator, or there is no such suggestion.</exception>
    /// <exception cref="WorkflowException">The answer is missing.</exception>
    public Task DeclineAsync(Actor actor, Guid id, string answer, string address, CancellationToken cancellationToken) =>
        DecideAsync(actor, id, SuggestionState.Declined, "suggestion.decline", answer, address, cancellationToken);

    private Task DecideAsync(Actor actor, Guid id, SuggestionState state, string action, string answer, string address, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var text = GivenText.Clean(answer, LongestAnswer, "answer");
        if (state == SuggestionState.Declined && text.Length == 0) throw WorkflowException.Invalid("Say why it is declined: whoever suggested it reads that.", "answer");

        var now = time.GetUtcNow();
        return database.WriteAsync(
            async (context, token) =>
            {
                var row = await context.Set<SuggestionRow>().SingleOrDefaultAsync(row => row.Id == id, token).ConfigureAwait(false) ?? throw AccessException.NotFound("There is no such suggestion.");
                (row.State, row.Answer, row.Decided) = (state, text, now);
                context.Add(audit.NewEntry(actor, action, id.ToString(), row.Name, address));
                return await context.SaveChangesAsync(token).ConfigureAwait(false);
            },
            cancellationToken);
    }
}
