using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.Launchers;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Whether users may have sessions of their own, and what runs them.</summary>
public sealed class ProxySessionOptions
{
    public const string LauncherVariable = "SESSION_LAUNCHER";

    /// <summary><c>local</c> for workers on this machine; unset for none.</summary>
    [ConfigurationKeyName(LauncherVariable)]
    public string? Launcher { get; set; }

    public const string ReplicaVariable = "REPLICA_URL";

    /// <summary>Where the other programs of the deployment reach this one; unset: the machine's name with the port that it listens on.</summary>
    [ConfigurationKeyName(ReplicaVariable)]
    public string? ReplicaUrl { get; set; }

    public bool IsOn => !string.IsNullOrEmpty(Launcher);
}

internal sealed class ProxySessionOptionsValidator : IValidateOptions<ProxySessionOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxySessionOptions options)
    {
        if (options.IsOn && options.Launcher != LocalLauncher.LauncherName) return ValidateOptionsResult.Fail($"{ProxySessionOptions.LauncherVariable} is '{options.Launcher}'; it may be unset, or {LocalLauncher.LauncherName}.");
        if (!string.IsNullOrEmpty(options.ReplicaUrl) && !(Uri.TryCreate(options.ReplicaUrl, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))) return ValidateOptionsResult.Fail($"{ProxySessionOptions.ReplicaVariable} is '{options.ReplicaUrl}'; it may be unset or an address such as http://ui-1:8080.");

        return ValidateOptionsResult.Success;
    }
}
