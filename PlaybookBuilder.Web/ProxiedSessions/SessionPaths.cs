namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Where browsers find sessions.</summary>
internal static class SessionPaths
{
    public const string Prefix = "/socket";

    /// <summary>Below a session's path, and no worker's: where browsers come to the session's own origin.</summary>
    public const string Entry = "/~enter";

    public static string Of(Guid sessionId) => $"{Prefix}/{sessionId}";

    /// <summary>A page of a session, relative to the base href.</summary>
    /// <param name="path">As <see cref="AppUrls"/> has it.</param>
    public static string LinkTo(Guid sessionId, string path) => $"{Of(sessionId).TrimStart('/')}/{path}";

    /// <summary>Which session a path is of, and what of it.</summary>
    public static bool TryRead(PathString path, out Guid sessionId, out PathString rest)
    {
        (sessionId, rest) = (default, default);
        if (!path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var below) || below.Value is not { Length: > 1 } text) return false;

        var end = text.IndexOf('/', 1);
        return Guid.TryParseExact(end < 0 ? text[1..] : text[1..end], "D", out sessionId) && path.StartsWithSegments(Of(sessionId), StringComparison.OrdinalIgnoreCase, out rest);
    }

    /// <summary>A path, perhaps with a query, as it is in a link; null where it does not lead to this session.</summary>
    public static string? Within(Guid sessionId, string? pathAndQuery)
    {
        var anywhere = new Uri("http://localhost");
        return pathAndQuery?.StartsWith(Prefix, StringComparison.Ordinal) == true
            && Uri.TryCreate(anywhere, pathAndQuery, out var url)
            && url.Authority == anywhere.Authority
            && new PathString(url.AbsolutePath).StartsWithSegments(Of(sessionId), StringComparison.OrdinalIgnoreCase, out var rest)
            && rest != Entry
            ? url.PathAndQuery
            : null;
    }
}
