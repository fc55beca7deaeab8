using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Administration;

/// <summary>Who did what, when and from where, for what touches accounts, rights and other people's things.</summary>
internal sealed class AuditLog(IModelDatabase database, TimeProvider time)
{
    private const int LongestText = 2_000;

    /// <summary>Keeps an entry.</summary>
    /// <param name="action">For example <c>user.disable</c>.</param>
    /// <param name="subject">On what, for example the id of a user.</param>
    /// <param name="address">From which network address.</param>
    public Task RecordAsync(Actor actor, string action, string subject, string detail, string address, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (context, token) =>
            {
                context.Add(NewEntry(actor, action, subject, detail, address));
                return context.SaveChangesAsync(token);
            },
            cancellationToken);

    /// <summary>An entry that is to be kept together with what it tells of, or not at all.</summary>
    public AuditEntryRow NewEntry(Actor actor, string action, string subject, string detail, string address) =>
        new() { At = time.GetUtcNow(), UserId = actor.UserId, Action = action, Subject = GivenText.Shorten(subject, LongestText), Detail = GivenText.Shorten(detail, LongestText), Address = GivenText.Shorten(address, LongestText) };

    /// <summary>The entries, newest first; of one user or of one action where these are given.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<AuditEntry>> ListAsync(Actor actor, Guid? userId, string? action, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        FilterText.Check(action, "action");
        var (before, size) = (PageKey.ReadId(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = context.Set<AuditEntryRow>().Where(row => row.Id < before);
                if (userId is not null) rows = rows.Where(row => row.UserId == userId);
                if (!string.IsNullOrEmpty(action)) rows = rows.Where(row => row.Action == action);
                var found = await rows.OrderByDescending(row => row.Id).Take(size + 1)
                    .Select(row => new AuditEntry(row.Id, row.At, row.UserId, context.Set<UserAccountRow>().Where(user => user.Id == row.UserId).Select(user => user.Name).FirstOrDefault(), row.Action, row.Subject, row.Detail, row.Address))
                    .ToListAsync(token).ConfigureAwait(false);
                return Paged<AuditEntry>.Of(found, size, static entry => PageKey.Of(entry.Id));
            },
            cancellationToken);
    }
}
