using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Tokens by which a user's programs use the API. They are shown once; the database keeps their hashes.</summary>
internal sealed class ApiTokens(IModelDatabase database, AdminRule admins, AuditLog audit, TimeProvider time)
{
    /// <summary>How a token begins, so that one that lies about is known for what it is.</summary>
    public const string Prefix = "pb_";

    public const int LongestName = 100;

    /// <summary>How many a user may have.</summary>
    public const int Most = 100;

    /// <summary>How often at most it is written that a token was used.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    private const int BeginningLength = 8;

    private readonly RecentAnswers<SignedIn> _recent = new(time);

    /// <summary>Makes a token.</summary>
    /// <param name="life">How long it is good; null: until it is revoked.</param>
    /// <returns>The token, which can't be had again.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long, there is no scope, the life is none, or the user has too many; the message is for the user.</exception>
    public async Task<(string Token, ApiToken Kept)> MakeAsync(Actor actor, string name, AccessScopes scopes, TimeSpan? life, Visit visit, CancellationToken cancellationToken)
    {
        // Not by a token: one that is found could make others that outlive it.
        var userId = actor.RequireUserInPerson();
        name = GivenText.OneLine(name);
        Check(actor, name, scopes, life);
        var (token, id, now) = (Prefix + SecretKeys.New(), Guid.NewGuid(), time.GetUtcNow());
        var kept = new ApiToken(id, name, token[..BeginningLength], scopes, now, now + life, null);
        var isMade = await database.WriteAsync(
            async (context, cancel) =>
            {
                if (await context.Set<ApiTokenRow>().CountAsync(row => row.UserId == userId, cancel).ConfigureAwait(false) >= Most) return false;

                context.Add(new ApiTokenRow { Id = id, UserId = userId, Name = name, KeyHash = SecretKeys.Hash(token), Beginning = kept.Beginning, Scopes = scopes, Created = now, Expires = kept.Expires });
                await context.SaveChangesAsync(cancel).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (!isMade) throw new ArgumentException($"You have {Most} tokens; revoke one that is not used any more.");
        await audit.RecordAsync(actor, "token.make", id.ToString(), $"{name} ({scopes})", visit.Address, cancellationToken).ConfigureAwait(false);
        return (token, kept);
    }

    /// <summary>Whose token this is; null when it is none, or none any more.</summary>
    public async Task<SignedIn?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = SecretKeys.Hash(token);
        if (_recent.Find(hash) is { } recent) return recent;

        var now = time.GetUtcNow();
        var found = await database.ReadAsync(
            (context, cancel) =>
            {
                var ofAdmins = admins.SignIns(context);
                return (
                    from row in context.Set<ApiTokenRow>()
                    where row.KeyHash == hash && (row.Expires == null || row.Expires > now)
                    join user in context.Set<UserAccountRow>() on row.UserId equals user.Id
                    where !user.IsDisabled
                    select new { row.Id, row.UserId, row.Scopes, row.LastUsed, user.Name, IsAdmin = user.IsAdmin || ofAdmins.Any(signIn => signIn.UserId == user.Id) }).SingleOrDefaultAsync(cancel);
            },
            cancellationToken).ConfigureAwait(false);
        if (found is null) return null;

        if (found.LastUsed is null || now - found.LastUsed >= SeenEvery)
        {
            await database.WriteAsync((context, cancel) => context.Set<ApiTokenRow>().Where(row => row.Id == found.Id).ExecuteUpdateAsync(row => row.SetProperty(used => used.LastUsed, now), cancel), cancellationToken).ConfigureAwait(false);
        }

        // The local user administers without being made an administrator.
        var signedIn = new SignedIn(found.UserId, found.Id, found.Name, found.IsAdmin || found.UserId == LocalAccount.Id, found.Scopes);
        _recent.Keep(hash, signedIn);
        return signedIn;
    }

    /// <summary>The user's own, those made last first.</summary>
    public Task<List<ApiToken>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(AccessScopes.Read);
        return database.ReadAsync(
            (context, token) => context.Set<ApiTokenRow>()
                .Where(row => row.UserId == userId)
                .OrderByDescending(row => row.Created)
                .Take(Most)
                .Select(row => new ApiToken(row.Id, row.Name, row.Beginning, row.Scopes, row.Created, row.Expires, row.LastUsed))
                .ToListAsync(token),
            cancellationToken);
    }

    /// <exception cref="AccessException">There is no such token of the actor's.</exception>
    public async Task RevokeAsync(Actor actor, Guid id, Visit visit, CancellationToken cancellationToken)
    {
        // A program may revoke its own.
        var userId = actor.RequireUser(AccessScopes.Read);
        var revoked = await database.WriteAsync((context, token) => context.Set<ApiTokenRow>().Where(row => row.Id == id && row.UserId == userId).ExecuteDeleteAsync(token), cancellationToken).ConfigureAwait(false);
        _recent.Forget();
        if (revoked == 0) throw AccessException.NotFound("There is no such token.");
        await audit.RecordAsync(actor, "token.revoke", id.ToString(), "", visit.Address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was known is asked anew.</summary>
    public void Forget() => _recent.Forget();

    private static void Check(Actor actor, string name, AccessScopes scopes, TimeSpan? life)
    {
        if (name.Length is 0 or > LongestName) throw new ArgumentException($"Give the token a name of 1 to {LongestName} characters, by which you know it again.");
        if (scopes == AccessScopes.None || (scopes & ~AccessScopes.All) != 0) throw new ArgumentException("Choose what the token is for: read, run, upload or admin.");
        if (scopes.HasFlag(AccessScopes.Admin) && !actor.IsAdmin) throw new ArgumentException("Only an administrator makes tokens for the administration.");
        if (life is { } span && (span <= TimeSpan.Zero || span > LongestLife)) throw new ArgumentException($"A token is good for 1 to {LongestLife.TotalDays:0} days, or until it is revoked.");
    }
}
