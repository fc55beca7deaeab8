using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Sessions;

/// <summary>The cookie with the key of a session.</summary>
internal sealed class SessionCookie(UserSessions sessions)
{
    /// <summary>Browsers take it from this host by https only, for all paths.</summary>
    public const string SecureName = "__Host-playbook-session";

    /// <summary>By plain http, for use on one's own machine.</summary>
    public const string PlainName = "playbook-session";

    /// <summary>The key that the browser sent; null where there is none.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { Length: > 0 and < 100 } key ? key : null;

    /// <summary>Signs the browser in, by a key that nobody knew before.</summary>
    public async Task StartAsync(HttpContext context, Guid userId, string provider)
    {
        await EndOldAsync(context);
        var key = await sessions.StartAsync(userId, provider, context.ToVisit(), context.RequestAborted);
        context.Response.Cookies.Append(NameFor(context.Request), key, Options(context.Request, UserSessions.Longest));
        context.Response.Headers.CacheControl = "no-store";
    }

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request, null));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpRequest request, TimeSpan? age) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = age, IsEssential = true };

    // Signing in anew, also as somebody else, leaves no session behind.
    private async Task EndOldAsync(HttpContext context)
    {
        if (Read(context.Request) is not { } old || await sessions.FindAsync(old, context.ToAddress(), context.RequestAborted) is not { } signedIn) return;

        await sessions.EndAsync(new Actor(signedIn.UserId), signedIn.KeyId, context.ToVisit(), context.RequestAborted);
    }
}
