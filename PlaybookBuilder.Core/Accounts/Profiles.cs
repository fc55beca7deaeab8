using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>What users say of themselves.</summary>
internal sealed class Profiles(IModelDatabase database)
{
    public const int LongestName = 200;
    public const int LongestAffiliation = 500;

    public async Task<Profile> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(AccessScopes.Read);
        return await database.ReadAsync(
            (context, token) => context.Set<UserAccountRow>()
                .Where(user => user.Id == userId)
                .Select(user => new Profile(user.Id, user.Name, user.Affiliation, user.Orcid, user.Email, user.WantsMail, user.Created))
                .SingleOrDefaultAsync(token),
            cancellationToken).ConfigureAwait(false) ?? throw Missing();
    }

    /// <summary>What anybody may see of a user.</summary>
    public async Task<PublicProfile> GetPublicAsync(Guid userId, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            (context, token) => context.Set<UserAccountRow>()
                .Where(user => user.Id == userId && !user.IsDisabled)
                .Select(user => new PublicProfile(user.Id, user.Name, user.Affiliation, user.Orcid))
                .SingleOrDefaultAsync(token),
            cancellationToken).ConfigureAwait(false) ?? throw Missing();

    /// <exception cref="ArgumentException">A value is not what it has to be; the message is for the user.</exception>
    public async Task<Profile> ChangeAsync(Actor actor, ProfileChange change, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(AccessScopes.Run);
        var name = change.Name is null ? null : GivenText.OneLine(change.Name);
        var affiliation = change.Affiliation is null ? null : GivenText.OneLine(change.Affiliation);
        if (name is { Length: 0 or > LongestName }) throw new ArgumentException($"A name has 1 to {LongestName} characters.");
        if (affiliation is { Length: > LongestAffiliation }) throw new ArgumentException($"An affiliation has at most {LongestAffiliation} characters.");
        var orcid = string.IsNullOrWhiteSpace(change.Orcid) ? null : OrcidId.Parse(change.Orcid) ?? throw new ArgumentException("That is no ORCID iD: it looks like 0000-0002-1825-0097, and its last character checks the others.");

        return await database.WriteAsync(
            async (context, token) =>
            {
                var user = await context.Set<UserAccountRow>().SingleOrDefaultAsync(row => row.Id == userId, token).ConfigureAwait(false) ?? throw Missing();
                if (name is not null) user.Name = name;
                if (affiliation is not null) user.Affiliation = affiliation;
                if (change.Orcid is not null) user.Orcid = orcid;
                if (change.WantsMail is { } wantsMail) user.WantsMail = wantsMail;
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return new Profile(user.Id, user.Name, user.Affiliation, user.Orcid, user.Email, user.WantsMail, user.Created);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static AccessException Missing() => AccessException.NotFound("There is no such user.");
}
