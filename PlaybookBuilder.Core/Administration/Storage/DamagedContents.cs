using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Storage;

/// <summary>What the checks of stored contents found, for administrators.</summary>
internal sealed class DamagedContents(IModelDatabase database)
{
    /// <summary>Those found last first.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<DamagedContent>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var ((at, sha256), size) = (PageKey.ReadTimeAndName(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var checks = await context.Set<ContentCheckRow>()
                    .Where(check => check.Problem != null && check.Checked <= at && (check.Checked < at || string.Compare(check.Sha256, sha256) > 0))
                    .OrderByDescending(check => check.Checked).ThenBy(check => check.Sha256).Take(size + 1).ToListAsync(token).ConfigureAwait(false);
                string[] contents = [.. checks.Select(static check => check.Sha256)];
                var uses = await context.Set<UploadRow>().Where(upload => contents.Contains(upload.Sha256)).GroupBy(upload => upload.Sha256)
                    .Select(same => new { Sha256 = same.Key, Count = same.Count(), Id = same.Min(upload => upload.Id) }).ToDictionaryAsync(use => use.Sha256, token).ConfigureAwait(false);
                string?[] ids = [.. uses.Values.Select(static use => use.Id)];
                var uploads = await UploadAdministration.Summarize(context, context.Set<UploadRow>().Where(upload => ids.Contains(upload.Id))).ToDictionaryAsync(upload => upload.Sha256, token).ConfigureAwait(false);
                List<DamagedContent> found = [.. checks.Select(check =>
                {
                    var upload = uploads.GetValueOrDefault(check.Sha256);
                    return new DamagedContent(check.Sha256, check.Problem!, check.Checked, uses.GetValueOrDefault(check.Sha256)?.Count ?? 0, upload?.Filename ?? "", upload?.UserId, upload?.UserName);
                })];
                return Paged<DamagedContent>.Of(found, size, static content => PageKey.Of(content.Checked, content.Sha256));
            },
            cancellationToken);
    }
}
