using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Browsers that are signed in. A browser holds a random key, the database its hash.</summary>
internal sealed class UserSessions(IModelDatabase database, AdminRule admins, AuditLog audit, TimeProvider time)
{
    /// <summary>How long a browser that is not used stays signed in.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>When everybody has to sign in anew.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>How often at most it is written that a browser was seen.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private const int LongestText = 300;
    private const int Most = 200;

    private readonly RecentAnswers<SignedIn> _recent = new(time);

    /// <summary>Signs a browser in.</summary>
    /// <returns>The key that it is to hold.</returns>
    public async Task<string> StartAsync(Guid userId, string provider, Visit visit, CancellationToken cancellationToken)
    {
        var (key, id, now) = (SecretKeys.New(), Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow());
        await database.WriteAsync(
            async (context, token) =>
            {
                await context.Set<UserSessionRow>().Where(session => session.Expires < now).ExecuteDeleteAsync(token).ConfigureAwait(false);
                context.Add(new UserSessionRow { Id = id, KeyHash = SecretKeys.Hash(key), UserId = userId, Provider = provider, Address = Shorten(visit.Address), Browser = Shorten(visit.Browser), Created = now, LastSeen = now, Expires = now + Idle });
                return await context.SaveChangesAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        await audit.RecordAsync(new Actor(userId), "session.start", id.ToString(), provider, visit.Address, cancellationToken).ConfigureAwait(false);
        return key;
    }

    /// <summary>Who holds this key; null when nobody does (any more).</summary>
    public async Task<SignedIn?> FindAsync(string key, string address, CancellationToken cancellationToken)
    {
        var hash = SecretKeys.Hash(key);
        if (_recent.Find(hash) is { } recent) return recent;

        var now = time.GetUtcNow();
        var found = await database.ReadAsync(
            (context, token) =>
            {
                var ofAdmins = admins.SignIns(context);
                return (
                    from session in context.Set<UserSessionRow>()
                    where session.KeyHash == hash && session.Expires > now
                    join user in context.Set<UserAccountRow>() on session.UserId equals user.Id
                    where !user.IsDisabled
                    select new { session.Id, session.UserId, session.LastSeen, session.Created, user.Name, IsAdmin = user.IsAdmin || ofAdmins.Any(signIn => signIn.UserId == user.Id) }).SingleOrDefaultAsync(token);
            },
            cancellationToken).ConfigureAwait(false);
        if (found is null) return null;

        if (now - found.LastSeen >= SeenEvery) await SeeAsync(found.Id, found.UserId, found.Created, address, cancellationToken).ConfigureAwait(false);
        var signedIn = new SignedIn(found.UserId, found.Id, found.Name, found.IsAdmin);
        _recent.Keep(hash, signedIn);
        return signedIn;
    }

    /// <summary>Who is signed in by a session, as it is now; null when it has ended.</summary>
    public Task<SignedIn?> CheckAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.ReadAsync(
            (context, token) =>
            {
                var ofAdmins = admins.SignIns(context);
                return (
                    from session in context.Set<UserSessionRow>()
                    where session.Id == sessionId && session.Expires > now
                    join user in context.Set<UserAccountRow>() on session.UserId equals user.Id
                    where !user.IsDisabled
                    select new SignedIn(user.Id, session.Id, user.Name, user.IsAdmin || ofAdmins.Any(signIn => signIn.UserId == user.Id), AccessScopes.All)).SingleOrDefaultAsync(token);
            },
            cancellationToken);
    }

    /// <summary>The same for who asks with each request: as it was some seconds ago at most.</summary>
    public async Task<SignedIn?> CheckOftenAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var key = sessionId.ToString();
        if (_recent.Find(key) is { } recent) return recent;
        if (await CheckAsync(sessionId, cancellationToken).ConfigureAwait(false) is not { } signedIn) return null;

        _recent.Keep(key, signedIn);
        return signedIn;
    }

    /// <summary>The user's own, those that were used last first.</summary>
    public Task<List<UserSession>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var (userId, now) = (actor.RequireUser(AccessScopes.Read), time.GetUtcNow());
        return database.ReadAsync(
            (context, token) => context.Set<UserSessionRow>()
                .Where(session => session.UserId == userId && session.Expires > now)
                .OrderByDescending(session => session.LastSeen)
                .Take(Most)
                .Select(session => new UserSession(session.Id, session.Provider, session.Address, session.Browser, session.Created, session.LastSeen))
                .ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Signs a browser out.</summary>
    /// <exception cref="AccessException">It is not the actor's, or signed out already.</exception>
    public async Task EndAsync(Actor actor, Guid sessionId, Visit visit, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUserInPerson();
        var ended = await database.WriteAsync((context, token) => context.Set<UserSessionRow>().Where(session => session.Id == sessionId && session.UserId == userId).ExecuteDeleteAsync(token), cancellationToken).ConfigureAwait(false);
        _recent.Forget();
        if (ended == 0) throw AccessException.NotFound("There is no such browser, or it is signed out already.");
        await audit.RecordAsync(actor, "session.end", sessionId.ToString(), "", visit.Address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Signs out every browser of the user.</summary>
    public async Task EndAllAsync(Actor actor, Visit visit, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUserInPerson();
        var ended = await database.WriteAsync((context, token) => context.Set<UserSessionRow>().Where(session => session.UserId == userId).ExecuteDeleteAsync(token), cancellationToken).ConfigureAwait(false);
        _recent.Forget();
        await audit.RecordAsync(actor, "session.end-all", userId.ToString(), $"{ended} browsers", visit.Address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was known is asked anew.</summary>
    public void Forget() => _recent.Forget();

    private Task SeeAsync(Guid sessionId, Guid userId, DateTimeOffset created, string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expires = now + Idle < created + Longest ? now + Idle : created + Longest;
        var shortened = Shorten(address);
        return database.WriteAsync(
            async (context, token) =>
            {
                await context.Set<UserAccountRow>().Where(user => user.Id == userId).ExecuteUpdateAsync(user => user.SetProperty(row => row.LastSeen, now), token).ConfigureAwait(false);
                return await context.Set<UserSessionRow>().Where(session => session.Id == sessionId)
                    .ExecuteUpdateAsync(session => session.SetProperty(row => row.LastSeen, now).SetProperty(row => row.Expires, expires).SetProperty(row => row.Address, shortened), token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
