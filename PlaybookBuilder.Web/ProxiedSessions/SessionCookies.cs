using Microsoft.Net.Http.Headers;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Cookies of a session's worker: under names of their own, for its path alone. The application's own never reach it, and it can set none of them.</summary>
internal static class SessionCookies
{
    /// <summary>Those of a request that are the worker's, as it named them; null for none.</summary>
    public static string? ToWorker(Guid sessionId, IRequestCookieCollection cookies)
    {
        var prefix = PrefixOf(sessionId);
        var own = cookies.Where(cookie => cookie.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(cookie => $"{cookie.Key[prefix.Length..]}={Uri.EscapeDataString(cookie.Value)}").ToList();
        return own.Count == 0 ? null : string.Join("; ", own);
    }

    /// <summary>One that the worker sets, as the browser is to have it; null for what is no cookie.</summary>
    public static string? ToBrowser(Guid sessionId, string setCookie, bool isSecure)
    {
        if (!SetCookieHeaderValue.TryParse(setCookie, out var cookie)) return null;

        cookie.Name = PrefixOf(sessionId) + cookie.Name;
        cookie.Path = SessionPaths.Of(sessionId);
        cookie.Domain = null;
        cookie.Secure = isSecure;
        return cookie.ToString();
    }

    private static string PrefixOf(Guid sessionId) => $"pb-{sessionId:N}-";
}
