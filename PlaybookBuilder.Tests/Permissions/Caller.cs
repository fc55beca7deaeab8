using System.Net.Http.Headers;

namespace PlaybookBuilder.Tests.Permissions;

/// <summary>Who may ask something of the application.</summary>
internal enum Caller
{
    Anonymous,

    /// <summary>Whose things are asked for.</summary>
    Owner,

    OtherUser,
    Admin,
    Service,
    ExpiredToken,
}

/// <summary>A caller, and what he, she or it shows.</summary>
/// <param name="Cookie">The key of a browser's session; null where there is none.</param>
/// <param name="Token">Null where a browser asks.</param>
internal sealed record Credential(Caller Caller, string? Cookie = null, string? Token = null)
{
    public void Show(HttpRequestMessage request)
    {
        if (Cookie is not null) request.Headers.Add("Cookie", $"playbook-session={Cookie}");
        if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public override string ToString() => $"{Caller}{(Cookie is not null ? " in a browser" : Token is not null ? " with a token" : "")}";
}
