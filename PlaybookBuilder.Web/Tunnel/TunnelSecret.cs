namespace PlaybookBuilder.Web.Tunnel;

/// <summary>How a worker shows the secret of its session.</summary>
internal static class TunnelSecret
{
    /// <summary>Of the header <c>Authorization</c>: no token of a user, which is looked for under <c>Bearer</c>.</summary>
    public const string Scheme = "Session";

    /// <summary>The secret of a request; null where it shows none.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Scheme + " ", StringComparison.Ordinal) ? header[(Scheme.Length + 1)..] : null;
}
