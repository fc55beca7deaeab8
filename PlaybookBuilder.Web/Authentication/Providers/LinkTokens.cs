using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PlaybookBuilder.Web.Authentication.Sessions;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>
/// Shows that it was our own page, in this session, where somebody chose to add a sign-in: otherwise another site could make a browser
/// add whoever it is signed in as at the provider.
/// </summary>
internal sealed class LinkTokens(IDataProtectionProvider protection)
{
    public const string Parameter = "link_token";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("playbook-builder link").ToTimeLimitedDataProtector();

    /// <summary>A token for the session of this user; null for who has none.</summary>
    public string? For(ClaimsPrincipal user) => user.FindFirstValue(SessionHandler.SessionClaim) is { } session ? _protector.Protect(session, Lifetime) : null;

    public bool IsFor(string token, ClaimsPrincipal user)
    {
        try
        {
            return user.FindFirstValue(SessionHandler.SessionClaim) is { } session && _protector.Unprotect(token) == session;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
