namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>Which platform, and as whom.</summary>
public sealed record SevenBridgesSettings
{
    /// <summary>CAVATICA's, without the version.</summary>
    public static readonly Uri CavaticaEndpoint = new("https://cavatica-api.sbgenomics.com/");

    /// <summary>The address of the API, with or without <c>/v2</c>.</summary>
    public Uri Endpoint { get; init; } = CavaticaEndpoint;

    /// <summary>The owner's authentication token.</summary>
    public required string Token { get; init; }

    public CallLimits Limits { get; init; } = CallLimits.Default;

    /// <summary>Entries of a page; the platform gives a hundred at most.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Why these settings can't be used, without repeating the token; null when they can.</summary>
    public static string? Problem(Uri endpoint, string token)
    {
        if (!endpoint.IsAbsoluteUri || !PlatformConnections.IsSafe(endpoint) || endpoint is not { UserInfo: "", Query: "", Fragment: "" })
            return $"the endpoint of the platform must be an address such as {CavaticaEndpoint}, with https";

        return PlatformConnections.IsToken(token) ? null : "the authentication token is empty or has characters that no token has";
    }

    // The token is left out.
    public override string ToString() => $"Seven Bridges at {Endpoint}";
}
