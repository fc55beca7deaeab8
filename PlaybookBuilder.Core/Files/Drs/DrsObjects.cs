using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Files.Drs;

/// <summary>
/// Uploads as DRS objects. An object is named by the id of an upload, or by the SHA-256 of its bytes, under which somebody finds what is public or his own.
/// Unlike anywhere else, what is private says so: 401 and 403 are what the specification asks for, and ids can't be guessed.
/// </summary>
internal sealed class DrsObjects(IUploadStore uploads, IModelDatabase database)
{
    /// <summary>How many may be asked for at once.</summary>
    public const int MostAtOnce = 1_000;

    /// <exception cref="AccessException">There is no such object, or the actor may not have it.</exception>
    public async Task<Upload> FindAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var upload = await FindAnyAsync(actor, id, cancellationToken).ConfigureAwait(false);
        return Refuse(actor, upload, id) is { } refusal ? throw refusal : upload!;
    }

    /// <summary>Finds an object for somebody who wants to know how to ask for it.</summary>
    /// <exception cref="AccessException">There is no such object.</exception>
    public async Task<Upload> FindForAuthorizationAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        await FindAnyAsync(actor, id, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id);

    /// <summary>Finds many at once.</summary>
    /// <param name="refuse">Whether those count that the actor may not have.</param>
    /// <returns>What was found and why the others were not, in the order of the ids, each once.</returns>
    public async Task<IReadOnlyList<(string Id, Upload? Upload, AccessProblem? Problem)>> FindAsync(Actor actor, IReadOnlyCollection<string> ids, bool refuse, CancellationToken cancellationToken)
    {
        string[] asked = [.. ids.Distinct(StringComparer.Ordinal)];
        var found = await ReadAsync(actor, asked, cancellationToken).ConfigureAwait(false);
        return [.. asked.Select(id =>
        {
            var upload = found.GetValueOrDefault(id);
            var problem = refuse ? Refuse(actor, upload, id)?.Problem : upload is null ? AccessProblem.NotFound : null;
            return (id, problem is null ? upload : null, problem);
        })];
    }

    /// <summary>Whether anybody may have it without saying who asks.</summary>
    public static bool IsOpen(Upload upload) => upload.Sharing != UploadSharing.Private;

    private static AccessException NotFound(string id) => AccessException.NotFound($"There is no object '{id}' here.");

    private static AccessException? Refuse(Actor actor, Upload? upload, string id)
    {
        if (upload is null) return NotFound(id);
        if (IsOpen(upload) || actor.IsService) return null;
        if (actor.UserId is null) return new AccessException(AccessProblem.NotSignedIn, "This object is private: send a token as 'Authorization: Bearer pb_...'.");

        return upload.IsReadableBy(actor) ? null : new AccessException(AccessProblem.Forbidden, "This object is private, and not yours.");
    }

    private async Task<Upload?> FindAnyAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        FileIngest.IsSha256(id) ? (await ReadAsync(actor, [id], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(id) : await uploads.FindAsync(id, cancellationToken).ConfigureAwait(false);

    private Task<Dictionary<string, Upload>> ReadAsync(Actor actor, string[] ids, CancellationToken cancellationToken)
    {
        string[] checksums = [.. ids.Where(FileIngest.IsSha256)];
        return database.ReadAsync(
            async (context, token) =>
            {
                // Of several with the same bytes always the same one.
                var (user, isAny) = (actor.UserId, actor.IsAdmin || actor.IsService);
                var chosen = checksums.Length == 0 ? [] : await context.Set<UploadRow>()
                    .Where(row => checksums.Contains(row.Sha256) && (isAny || row.Sharing == UploadSharing.Public || (row.UserId == user && user != null)))
                    .GroupBy(row => row.Sha256)
                    .Select(same => new { Sha256 = same.Key, Id = same.Min(row => row.Id) })
                    .ToDictionaryAsync(same => same.Sha256, same => same.Id!, token).ConfigureAwait(false);
                string[] wanted = [.. ids.Except(checksums), .. chosen.Values];
                var found = await context.Set<UploadRow>().Where(row => wanted.Contains(row.Id))
                    .Select(row => new Upload(row.Id, row.Sha256, row.Size, row.Filename, row.UserId, row.Created, row.Sharing, context.Set<ContentCheckRow>().Any(check => check.Sha256 == row.Sha256 && check.Problem != null)))
                    .ToDictionaryAsync(upload => upload.Id, token).ConfigureAwait(false);
                foreach (var (checksum, id) in chosen) found.TryAdd(checksum, found[id]);
                return found;
            },
            cancellationToken);
    }
}
