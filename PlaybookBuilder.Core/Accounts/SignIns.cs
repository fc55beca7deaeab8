using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>The ways in which users sign in. Accounts are joined by who is signed in, never by equal addresses: not every provider verifies them.</summary>
internal sealed class SignIns(IModelDatabase database, AuditLog audit, TimeProvider time)
{
    private const int LongestText = 300;

    /// <summary>The account of somebody, made at the first time.</summary>
    /// <returns>Null when the account is disabled.</returns>
    public async Task<Guid?> EnterAsync(Identity identity, Visit visit, CancellationToken cancellationToken)
    {
        var (fresh, now) = (Guid.NewGuid(), time.GetUtcNow());
        var (userId, isDisabled) = await Races.RetryAsync(() => database.WriteAsync((context, token) => EnterAsync(context, identity, fresh, now, token), cancellationToken)).ConfigureAwait(false);
        if (userId == fresh) await audit.RecordAsync(new Actor(userId), "user.create", userId.ToString(), identity.Provider, visit.Address, cancellationToken).ConfigureAwait(false);
        if (isDisabled) await audit.RecordAsync(new Actor(userId), "session.refuse", userId.ToString(), identity.Provider, visit.Address, cancellationToken).ConfigureAwait(false);
        return isDisabled ? null : userId;
    }

    /// <summary>Adds a way to sign in to the account of somebody who is signed in.</summary>
    /// <returns>False when it is another account's.</returns>
    public async Task<bool> LinkAsync(Actor actor, Identity identity, Visit visit, CancellationToken cancellationToken)
    {
        var (userId, now) = (actor.RequireUserInPerson(), time.GetUtcNow());
        var isOurs = await Races.RetryAsync(() => database.WriteAsync(
            async (context, token) =>
            {
                var known = await FindAsync(context, identity, token).ConfigureAwait(false);
                if (known is not null) return known.UserId == userId;

                context.Add(ToRow(identity, userId, now));
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                await ChooseEmailAsync(context, userId, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken)).ConfigureAwait(false);
        if (isOurs) await audit.RecordAsync(actor, "sign-in.link", userId.ToString(), identity.Provider, visit.Address, cancellationToken).ConfigureAwait(false);
        return isOurs;
    }

    /// <exception cref="AccessException">There is no such sign-in of the actor's.</exception>
    /// <returns>False when it is the last one, which stays: nobody could come back.</returns>
    public async Task<bool> UnlinkAsync(Actor actor, string provider, string subject, Visit visit, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUserInPerson();
        var isRemoved = await database.WriteAsync(
            async (context, token) =>
            {
                // The account's row first, so that two of these at once don't remove both of two.
                await context.Set<UserAccountRow>().Where(user => user.Id == userId).ExecuteUpdateAsync(user => user.SetProperty(row => row.LastSeen, row => row.LastSeen), token).ConfigureAwait(false);
                var all = await context.Set<SignInRow>().Where(signIn => signIn.UserId == userId).ToListAsync(token).ConfigureAwait(false);
                var one = all.Find(signIn => signIn.Provider == provider && signIn.Subject == subject) ?? throw AccessException.NotFound("There is no such sign-in.");
                if (all.Count == 1) return false;

                context.Remove(one);
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                await ChooseEmailAsync(context, userId, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (isRemoved) await audit.RecordAsync(actor, "sign-in.unlink", userId.ToString(), provider, visit.Address, cancellationToken).ConfigureAwait(false);
        return isRemoved;
    }

    public Task<List<UserSignIn>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(AccessScopes.Read);
        return database.ReadAsync(
            (context, token) => context.Set<SignInRow>()
                .Where(signIn => signIn.UserId == userId)
                .OrderBy(signIn => signIn.Created)
                .Select(signIn => new UserSignIn(signIn.Provider, signIn.Subject, signIn.Email, signIn.IsEmailVerified, signIn.Created, signIn.LastUsed))
                .ToListAsync(token),
            cancellationToken);
    }

    private static async Task<(Guid UserId, bool IsDisabled)> EnterAsync(PlaybookDbContext context, Identity identity, Guid fresh, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await FindAsync(context, identity, cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            context.Add(new UserAccountRow { Id = fresh, Name = NameOf(identity), Affiliation = "", Orcid = identity.Provider == Identity.OrcidProvider ? identity.Subject : null, Email = identity.IsEmailVerified ? identity.Email : null, IsAdmin = false, IsDisabled = false, WantsMail = false, Created = now, LastSeen = now });
            context.Add(ToRow(identity, fresh, now));
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            return (fresh, false);
        }

        // What the provider says now counts.
        (known.Email, known.IsEmailVerified, known.LastUsed) = (identity.Email, identity.IsEmailVerified, now);
        var user = await context.Set<UserAccountRow>().SingleAsync(user => user.Id == known.UserId, cancellationToken).ConfigureAwait(false);
        user.LastSeen = now;
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return (user.Id, user.IsDisabled);
    }

    // The account's address is a verified one of its sign-ins: the one that it has, or else the oldest.
    private static async Task ChooseEmailAsync(PlaybookDbContext context, Guid userId, CancellationToken cancellationToken)
    {
        var user = await context.Set<UserAccountRow>().SingleAsync(row => row.Id == userId, cancellationToken).ConfigureAwait(false);
        var verified = await context.Set<SignInRow>().Where(signIn => signIn.UserId == userId && signIn.IsEmailVerified && signIn.Email != null).OrderBy(signIn => signIn.Created).Select(signIn => signIn.Email).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (!verified.Contains(user.Email)) user.Email = verified.FirstOrDefault();
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Task<SignInRow?> FindAsync(PlaybookDbContext context, Identity identity, CancellationToken cancellationToken) =>
        context.Set<SignInRow>().SingleOrDefaultAsync(signIn => signIn.Provider == identity.Provider && signIn.Subject == identity.Subject, cancellationToken);

    private static SignInRow ToRow(Identity identity, Guid userId, DateTimeOffset now) =>
        new() { Provider = identity.Provider, Subject = identity.Subject, UserId = userId, Email = identity.Email, IsEmailVerified = identity.IsEmailVerified, Created = now, LastUsed = now };

    // Never the part of an address that others would see.
    private static string NameOf(Identity identity) => string.IsNullOrWhiteSpace(identity.Name) ? Profile.Unnamed : identity.Name.Trim() is { Length: > LongestText } name ? name[..LongestText] : identity.Name.Trim();
}
