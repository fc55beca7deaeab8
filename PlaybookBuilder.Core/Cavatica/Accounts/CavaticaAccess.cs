using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Cavatica.Wes;

namespace PlaybookBuilder.Core.Cavatica.Accounts;

/// <summary>With what the application works on the platform in a user's name.</summary>
/// <param name="Project">The one that is chosen now; empty while there is none.</param>
internal sealed record CavaticaAccess(Uri Endpoint, Uri WesEndpoint, string Key, string Project)
{
    public SevenBridgesClient Connect(CallLimits limits) => new(new SevenBridgesSettings { Endpoint = Endpoint, Token = Key, Limits = limits });

    public WesClient ConnectToWes(CallLimits limits) => new(new WesSettings { Endpoint = WesEndpoint, Token = Key, Limits = limits });

    /// <summary>Without the key, wherever it is written.</summary>
    public override string ToString() => $"{Project} at {Endpoint}";
}
