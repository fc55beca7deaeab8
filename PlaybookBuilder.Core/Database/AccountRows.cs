namespace PlaybookBuilder.Core.Database;

// People: who they are, how they sign in, and what they may do. Ids are random.

internal sealed class UserAccountRow
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required string Affiliation { get; set; }

    /// <summary>As in https://orcid.org/0000-0002-1825-0097, without the address; null when not given.</summary>
    public string? Orcid { get; set; }

    /// <summary>A verified address, in lower case. Shown to its owner and to administrators only.</summary>
    public string? Email { get; set; }

    /// <summary>Made an administrator by another one; those of <c>ADMIN_EMAILS</c> are so without it.</summary>
    public required bool IsAdmin { get; set; }

    public required bool IsDisabled { get; set; }

    /// <summary>Whether to write an e-mail when long work is done.</summary>
    public required bool WantsMail { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset LastSeen { get; set; }
}

/// <summary>One of the ways in which a user signs in.</summary>
internal sealed class SignInRow
{
    /// <summary>The provider's name: <c>google</c>, <c>orcid</c>, <c>email</c>, or the issuer of OpenID Connect.</summary>
    public required string Provider { get; init; }

    /// <summary>Who it is, in the provider's words.</summary>
    public required string Subject { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>In lower case; null when the provider gives none.</summary>
    public string? Email { get; set; }

    public required bool IsEmailVerified { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset LastUsed { get; set; }
}

/// <summary>A browser that is signed in.</summary>
internal sealed class UserSessionRow
{
    /// <summary>Names it on pages, and sorts by when it was made; the cookie holds something else.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of what the cookie holds, hexadecimal.</summary>
    public required string KeyHash { get; init; }

    public required Guid UserId { get; init; }

    public required string Provider { get; init; }

    public required string Address { get; set; }

    public required string Browser { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset LastSeen { get; set; }

    public required DateTimeOffset Expires { get; set; }
}

/// <summary>A link that was sent by e-mail and signs in whoever opens it, once.</summary>
internal sealed class EmailLinkRow
{
    /// <summary>SHA-256 of what the link holds, hexadecimal.</summary>
    public required string KeyHash { get; init; }

    /// <summary>SHA-256 of a cookie of the browser that asked for it, hexadecimal: nobody is signed in by somebody else's link.</summary>
    public required string BrowserHash { get; init; }

    public required string Email { get; init; }

    /// <summary>Where to go afterwards: a path of this application.</summary>
    public required string ReturnPath { get; init; }

    /// <summary>The account that it adds a sign-in to; null for a plain sign-in.</summary>
    public Guid? UserId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Expires { get; init; }
}

internal sealed class ApiTokenRow
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256, hexadecimal.</summary>
    public required string KeyHash { get; init; }

    /// <summary>Its first characters, by which its owner knows it again.</summary>
    public required string Beginning { get; init; }

    /// <summary>Flags of <see cref="Accounts.AccessScopes"/>.</summary>
    public required Accounts.AccessScopes Scopes { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? LastUsed { get; set; }
}

/// <summary>That a user wants mail when the work at a playbook is done.</summary>
internal sealed class WorkNoticeRow
{
    public required Guid UserId { get; init; }

    public required Guid PlaybookId { get; init; }

    public required DateTimeOffset Asked { get; init; }
}
