using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Links that are sent by e-mail and sign in who opens them: once, soon, and in the browser that asked.</summary>
internal sealed class EmailLinks(IModelDatabase database, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>How many may be sent to an address in the time for which one is good.</summary>
    public const int Most = 5;

    /// <summary>Makes a link's key.</summary>
    /// <param name="email">In lower case.</param>
    /// <param name="browserKey">What the browser that asks holds.</param>
    /// <param name="userId">The account that the address is added to; null for a plain sign-in.</param>
    /// <returns>Null when this address was sent too many.</returns>
    public Task<string?> MakeAsync(string email, string returnPath, string browserKey, Guid? userId, CancellationToken cancellationToken)
    {
        var (key, now) = (SecretKeys.New(), time.GetUtcNow());
        var since = now - Lifetime;
        return database.WriteAsync<string?>(
            async (context, token) =>
            {
                await context.Set<EmailLinkRow>().Where(link => link.Expires < now).ExecuteDeleteAsync(token).ConfigureAwait(false);
                if (await context.Set<EmailLinkRow>().CountAsync(link => link.Email == email && link.Created > since, token).ConfigureAwait(false) >= Most) return null;

                context.Add(new EmailLinkRow { KeyHash = SecretKeys.Hash(key), BrowserHash = SecretKeys.Hash(browserKey), Email = email, ReturnPath = returnPath, UserId = userId, Created = now, Expires = now + Lifetime });
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return key;
            },
            cancellationToken);
    }

    /// <summary>Uses a link up.</summary>
    /// <param name="browserKey">What the browser that opens it holds; null when nothing.</param>
    public Task<EmailLinkOpening> OpenAsync(string key, string? browserKey, CancellationToken cancellationToken)
    {
        var (hash, now) = (SecretKeys.Hash(key), time.GetUtcNow());
        var browser = browserKey is null ? null : SecretKeys.Hash(browserKey);
        return database.WriteAsync(
            async (context, token) =>
            {
                var link = await context.Set<EmailLinkRow>().AsNoTracking().SingleOrDefaultAsync(row => row.KeyHash == hash && row.Expires > now, token).ConfigureAwait(false);
                if (link is null) return EmailLinkOpening.Gone;
                // It stays good where it was asked for.
                if (link.BrowserHash != browser) return EmailLinkOpening.OtherBrowser;

                // Of two at once, one deletes it.
                var isOurs = await context.Set<EmailLinkRow>().Where(row => row.KeyHash == hash).ExecuteDeleteAsync(token).ConfigureAwait(false) == 1;
                return isOurs ? new EmailLinkOpening(link.Email, link.ReturnPath, link.UserId, false) : EmailLinkOpening.Gone;
            },
            cancellationToken);
    }
}
