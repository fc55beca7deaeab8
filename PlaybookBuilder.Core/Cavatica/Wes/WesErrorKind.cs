namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>Why a workflow execution service could not do what was asked.</summary>
public enum WesErrorKind
{
    /// <summary>In a way that none of the other kinds names; trying again is not known to help.</summary>
    Failed,

    /// <summary>The service does not take such a request (400).</summary>
    Refused,

    /// <summary>There is no such run (404).</summary>
    NotFound,

    /// <summary>The token is wrong or has expired (401).</summary>
    Unauthorized,

    /// <summary>The token's owner may not do that (403).</summary>
    Forbidden,

    /// <summary>The service can't answer or be reached at the moment. That says nothing of the runs.</summary>
    Unavailable,
}
