using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>With what a browser that is signed in comes to the origin of a session: once, at once, and in the browser that asked for it.</summary>
internal sealed class SessionTickets(IModelDatabase database, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Makes a ticket for a session of the user who signed in so.</summary>
    /// <param name="signInId">The browser's sign-in, with which all ends that comes of the ticket.</param>
    /// <param name="browserHash">Of what the browser holds at the session's origin.</param>
    public Task<string> MakeAsync(Guid sessionId, Guid signInId, string browserHash, CancellationToken cancellationToken)
    {
        var (key, now) = (SecretKeys.New(), time.GetUtcNow());
        return database.WriteAsync(
            async (context, token) =>
            {
                await context.Set<SessionTicketRow>().Where(ticket => ticket.Expires < now).ExecuteDeleteAsync(token).ConfigureAwait(false);
                context.Add(new SessionTicketRow { KeyHash = SecretKeys.Hash(key), BrowserHash = browserHash, SessionId = sessionId, SignInId = signInId, Expires = now + Lifetime });
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return key;
            },
            cancellationToken);
    }

    /// <summary>Uses a ticket up.</summary>
    /// <param name="browserKey">What the browser holds.</param>
    /// <returns>The sign-in; null when it is no ticket for this session and browser, or not any more.</returns>
    public Task<Guid?> OpenAsync(Guid sessionId, string key, string browserKey, CancellationToken cancellationToken)
    {
        var (hash, browserHash, now) = (SecretKeys.Hash(key), SecretKeys.Hash(browserKey), time.GetUtcNow());
        return database.WriteAsync<Guid?>(
            async (context, token) =>
            {
                var tickets = context.Set<SessionTicketRow>().Where(row => row.KeyHash == hash && row.SessionId == sessionId && row.BrowserHash == browserHash && row.Expires > now);
                if (await tickets.AsNoTracking().SingleOrDefaultAsync(token).ConfigureAwait(false) is not { } ticket) return null;

                // Of two at once, one deletes it.
                return await tickets.ExecuteDeleteAsync(token).ConfigureAwait(false) == 1 ? ticket.SignInId : null;
            },
            cancellationToken);
    }
}
