namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Where browsers find sessions.</summary>
internal static class SessionPaths
{
    public const string Prefix = "/socket";

    public static string Of(Guid sessionId) => $"{Prefix}/{sessionId}";
}
