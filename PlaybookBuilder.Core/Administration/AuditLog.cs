using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

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
                context.Add(new AuditEntryRow { At = time.GetUtcNow(), UserId = actor.UserId, Action = action, Subject = Shorten(subject), Detail = Shorten(detail), Address = Shorten(address) });
                return context.SaveChangesAsync(token);
            },
            cancellationToken);

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
