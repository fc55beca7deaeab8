using System.Collections.Frozen;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Which headers pass between a browser and a session's worker. What is not named does not: neither side is to learn, or to claim, what is between the other and its own servers.</summary>
internal static class PassedHeaders
{
    private static readonly FrozenSet<string> ToWorker = Set(
        "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Type", "DNT", "Idempotency-Key", "If-Match", "If-Modified-Since",
        "If-None-Match", "If-Range", "If-Unmodified-Since", "Last-Event-ID", "Origin", "Pragma", "Prefer", "Priority", "Range", "Repr-Digest", "RequestVerificationToken", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User",
        "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol", "Sec-WebSocket-Version", "Tus-Resumable", "Upload-Checksum", "Upload-Concat", "Upload-Defer-Length", "Upload-Length", "Upload-Metadata", "Upload-Offset", "User-Agent",
        "Want-Repr-Digest", "X-Requested-With", "X-SignalR-User-Agent", "blazor-enhanced-nav");

    private static readonly FrozenSet<string> ToBrowser = Set(
        "Accept-Ranges", "Allow", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Range", "Content-Security-Policy", "Content-Type", "Cross-Origin-Opener-Policy", "ETag",
        "Expires", "Last-Modified", "Link", "Location", "Permissions-Policy", "Preference-Applied", "Referrer-Policy", "Repr-Digest", "Retry-After", "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol", "Tus-Checksum-Algorithm",
        "Tus-Extension", "Tus-Max-Size", "Tus-Resumable", "Tus-Version", "Upload-Expires", "Upload-Length", "Upload-Metadata", "Upload-Offset", "Vary", "X-Content-Type-Options", "X-Frame-Options", "blazor-enhanced-nav", "blazor-enhanced-nav-redirect-location");

    private static readonly FrozenSet<string> OfTheBrowser = Set("Cookie", "X-Forwarded-Prefix", "X-Forwarded-Proto");

    /// <summary>Whether a header of a request passes to the worker. Cookies are seen to by themselves.</summary>
    public static bool PassToWorker(string name) => ToWorker.Contains(name);

    /// <summary>Whether a header of an answer passes to the browser. Cookies are seen to by themselves.</summary>
    public static bool PassToBrowser(string name) => ToBrowser.Contains(name);

    /// <summary>Whether a header says of a browser's request what the worker is to know and the first program wrote.</summary>
    public static bool TellOfTheBrowser(string name) => OfTheBrowser.Contains(name);

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
