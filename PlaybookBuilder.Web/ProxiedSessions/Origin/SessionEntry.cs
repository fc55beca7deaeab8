using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Web.ProxiedSessions.Origin;

/// <summary>What a browser holds at a session's origin: before it is let in a key of its own, then a cookie that is good for this session, as long as the sign-in that it came by.</summary>
internal sealed class SessionEntry(SessionTickets tickets, UserSessions signIns, IDataProtectionProvider protection)
{
    private const string CookieName = "playbook-entry";
    private const string KeyName = "playbook-entry-key";

    // For who signs in on the way.
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("playbook-builder session entry");

    /// <summary>Who signed in, while that holds; null for nobody.</summary>
    public async Task<SignedIn?> FindAsync(HttpContext context, Guid sessionId) =>
        Read(context.Request.Cookies[NameOf(CookieName, context.Request)], sessionId) is { } signInId ? await signIns.CheckOftenAsync(signInId, context.RequestAborted) : null;

    /// <summary>The hash of the browser's key, which it is given now unless it has one.</summary>
    public static string Begin(HttpContext context, Guid sessionId)
    {
        var name = NameOf(KeyName, context.Request);
        if (context.Request.Cookies[name] is not { Length: > 0 and < 100 } key)
        {
            key = SecretKeys.New();
            context.Response.Cookies.Append(name, key, Options(context.Request, sessionId, KeyLifetime));
        }

        return SecretKeys.Hash(key);
    }

    /// <summary>Lets a browser in by its ticket.</summary>
    /// <returns>Whether the ticket was good.</returns>
    public async Task<bool> EnterAsync(HttpContext context, Guid sessionId, string ticket)
    {
        if (context.Request.Cookies[NameOf(KeyName, context.Request)] is not { Length: > 0 and < 100 } key || await tickets.OpenAsync(sessionId, ticket, key, context.RequestAborted) is not { } signInId) return false;

        context.Response.Cookies.Append(NameOf(CookieName, context.Request), _protector.Protect($"{sessionId} {signInId}"), Options(context.Request, sessionId, null));
        return true;
    }

    private Guid? Read(string? cookie, Guid sessionId)
    {
        if (string.IsNullOrEmpty(cookie)) return null;

        try
        {
            var parts = _protector.Unprotect(cookie).Split(' ');
            return parts.Length == 2 && Guid.TryParse(parts[0], out var session) && session == sessionId && Guid.TryParse(parts[1], out var signIn) ? signIn : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string NameOf(string name, HttpRequest request) => request.IsHttps ? $"__Secure-{name}" : name;

    private static CookieOptions Options(HttpRequest request, Guid sessionId, TimeSpan? age) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = SessionPaths.Of(sessionId), MaxAge = age, IsEssential = true };
}
