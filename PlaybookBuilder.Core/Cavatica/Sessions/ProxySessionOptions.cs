using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.Launchers;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Whether users may have sessions of their own, and what runs them.</summary>
public sealed class ProxySessionOptions
{
    public const string LauncherVariable = "SESSION_LAUNCHER";

    /// <summary><c>wes</c> for workers on CAVATICA, each in its user's own project; <c>local</c> for workers on this machine; unset for none.</summary>
    [ConfigurationKeyName(LauncherVariable)]
    public string? Launcher { get; set; }

    public const string ImageVariable = "CAVATICA_WORKER_IMAGE";

    /// <summary>The image that workers on a platform are started from: this application's, where the platform can pull it.</summary>
    [ConfigurationKeyName(ImageVariable)]
    public string? Image { get; set; }

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
        if (options.IsOn && options.Launcher is not (LocalLauncher.LauncherName or WesLauncher.LauncherName)) return ValidateOptionsResult.Fail($"{ProxySessionOptions.LauncherVariable} is '{options.Launcher}'; it may be unset, {LocalLauncher.LauncherName} or {WesLauncher.LauncherName}.");
        if (options.Launcher == WesLauncher.LauncherName && string.IsNullOrWhiteSpace(options.Image)) return ValidateOptionsResult.Fail($"{ProxySessionOptions.LauncherVariable} is {WesLauncher.LauncherName}, which needs the image of this application in {ProxySessionOptions.ImageVariable}, such as registry.example.org/playbook-builder:1.2.0.");
        if (options.Image is { Length: > 0 } image && image.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter))) return ValidateOptionsResult.Fail($"{ProxySessionOptions.ImageVariable} is '{image}'; it may be unset or the name of an image such as registry.example.org/playbook-builder:1.2.0.");
        if (!string.IsNullOrEmpty(options.ReplicaUrl) && !(Uri.TryCreate(options.ReplicaUrl, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))) return ValidateOptionsResult.Fail($"{ProxySessionOptions.ReplicaVariable} is '{options.ReplicaUrl}'; it may be unset or an address such as http://ui-1:8080.");

        return ValidateOptionsResult.Success;
    }
}
