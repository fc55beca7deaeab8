namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>Which service, and as whom.</summary>
public sealed record WesSettings
{
    public static readonly Uri CavaticaEndpoint = new("https://cavatica-ga4gh-api.sbgenomics.com/ga4gh/wes/v1");

    /// <summary>With the version, such as <c>https://.../ga4gh/wes/v1</c>.</summary>
    public Uri Endpoint { get; init; } = CavaticaEndpoint;

    public required string Token { get; init; }

    public WesAuthentication Authentication { get; init; } = WesAuthentication.SbgAuthToken;

    public CallLimits Limits { get; init; } = CallLimits.Default;

    /// <summary>How many of the listed runs are looked at for one whose answer was lost.</summary>
    public int MostRunsLookedAt { get; init; } = 200;

    /// <summary>Why these settings can't be used, without repeating the token; null when they can.</summary>
    public static string? Problem(Uri endpoint, string token)
    {
        if (!endpoint.IsAbsoluteUri || !PlatformConnections.IsSafe(endpoint) || endpoint is not { UserInfo: "", Query: "", Fragment: "" })
            return $"the endpoint of the workflow execution service must be an address such as {CavaticaEndpoint}, with https";

        return PlatformConnections.IsToken(token) ? null : "the authentication token is empty or has characters that no token has";
    }

    // The token is left out.
    public override string ToString() => $"WES at {Endpoint}";
}
