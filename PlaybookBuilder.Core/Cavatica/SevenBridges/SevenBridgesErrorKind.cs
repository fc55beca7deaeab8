namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>Why the Seven Bridges API could not do what was asked.</summary>
public enum SevenBridgesErrorKind
{
    /// <summary>In a way that none of the other kinds names; trying again is not known to help.</summary>
    Failed,

    /// <summary>There is no such user, project, app, file or upload (codes such as 5002).</summary>
    NotFound,

    /// <summary>The name is taken (codes such as 5003).</summary>
    Exists,

    /// <summary>The token is wrong or has expired (401).</summary>
    Unauthorized,

    /// <summary>The token's owner may not do that (403).</summary>
    Forbidden,

    /// <summary>All requests of this time are used up (429, code 1000).</summary>
    RateLimited,

    /// <summary>The platform is being maintained (503, code 0).</summary>
    Maintenance,

    /// <summary>The platform, or a part of it, can't answer or be reached at the moment.</summary>
    Unavailable,
}
