namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>How a service wants to be told the token.</summary>
public enum WesAuthentication
{
    /// <summary><c>X-SBG-Auth-Token</c>, as CAVATICA does.</summary>
    SbgAuthToken,

    /// <summary><c>Authorization: Bearer</c>.</summary>
    Bearer,
}
