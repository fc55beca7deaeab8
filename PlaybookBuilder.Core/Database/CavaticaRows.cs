using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Core.Database;

// Records of what users have elsewhere.

/// <summary>With what a user works on CAVATICA.</summary>
internal sealed class CavaticaAccountRow
{
    public required Guid UserId { get; init; }

    /// <summary>The user's key there, encrypted.</summary>
    public required byte[] Token { get; set; }

    /// <summary>How the user is called there.</summary>
    public required string Name { get; set; }

    /// <summary>Where sessions run and keep files, as in <c>user/project</c>.</summary>
    public required string Project { get; set; }

    public required DateTimeOffset Changed { get; set; }
}

/// <summary>A worker of the user's own, reached through a tunnel that it opens.</summary>
internal sealed class ProxySessionRow
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>What started it, and is asked how it stands.</summary>
    public required string Launcher { get; init; }

    /// <summary>Empty where files stay with the worker.</summary>
    public required string Project { get; init; }

    public required ProxySessionState State { get; set; }

    /// <summary>What the launcher calls it; null before it was taken.</summary>
    public string? RunId { get; set; }

    /// <summary>Why it ended, or what it waits for; null where the state says all.</summary>
    public string? Reason { get; set; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When its worker first dialled.</summary>
    public DateTimeOffset? Connected { get; set; }

    public DateTimeOffset? Ended { get; set; }

    /// <summary>SHA-256 of the secret with which its worker dials, in hexadecimal.</summary>
    public required string SecretHash { get; set; }

    /// <summary>That of the one after it, which the worker may or may not have; null while it has none.</summary>
    public string? NextSecretHash { get; set; }

    /// <summary>How often its worker has dialled.</summary>
    public required int Epoch { get; set; }

    /// <summary>Where the program that holds the tunnel is reached by the others; null while there is no tunnel.</summary>
    public string? ReplicaUrl { get; set; }

    /// <summary>Which run of that program.</summary>
    public Guid? BootId { get; set; }

    /// <summary>Since when there is no tunnel; null while there is one, or never was.</summary>
    public DateTimeOffset? Lost { get; set; }
}

/// <summary>With what a browser comes to the origin of a session, once.</summary>
internal sealed class SessionTicketRow
{
    /// <summary>SHA-256 of the ticket, hexadecimal.</summary>
    public required string KeyHash { get; init; }

    /// <summary>SHA-256 of a cookie that the browser holds at the session's origin, hexadecimal: nobody comes to a session by somebody else's ticket.</summary>
    public required string BrowserHash { get; init; }

    public required Guid SessionId { get; init; }

    /// <summary>The browser's sign-in.</summary>
    public required Guid SignInId { get; init; }

    public required DateTimeOffset Expires { get; init; }
}
