using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Files;

/// <summary>What a user uploaded, newest first.</summary>
internal sealed class OwnUploads(IModelDatabase database)
{
    public const int MostAtOnce = 100;

    /// <param name="offset">How many of the newest to leave out.</param>
    /// <param name="limit">At most <see cref="MostAtOnce"/>.</param>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public Task<List<Upload>> ListAsync(Actor actor, int offset, int limit, CancellationToken cancellationToken)
    {
        Guid? user = actor.RequireUser(AccessScopes.Read);
        return database.ReadAsync(
            (context, token) => context.Set<UploadRow>()
                .Where(row => row.UserId == user)
                .OrderByDescending(row => row.Created)
                .Skip(Math.Max(0, offset))
                .Take(Math.Clamp(limit, 1, MostAtOnce))
                .Select(row => new Upload(row.Id, row.Sha256, row.Size, row.Filename, row.UserId, row.Created))
                .ToListAsync(token),
            cancellationToken);
    }
}
