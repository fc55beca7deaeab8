using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Whether users may have sessions of their own, what runs them, and where browsers find them.</summary>
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

    public const string HostVariable = "SESSION_HOST";

    /// <summary>A name of whose subdomains each is the host of a session, perhaps with a port.</summary>
    [ConfigurationKeyName(HostVariable)]
    public string? Host { get; set; }

    public const string UrlVariable = "SESSION_URL";

    /// <summary>The address of all sessions; another than that of the application.</summary>
    [ConfigurationKeyName(UrlVariable)]
    public string? Url { get; set; }

    [ConfigurationKeyName(FileAddressOptions.Variable)]
    public string? PublicUrl { get; set; }

    public bool IsOn => !string.IsNullOrEmpty(Launcher);

    /// <summary>Whether sessions have an origin of their own.</summary>
    public bool HasOrigin => !string.IsNullOrEmpty(Host) || !string.IsNullOrEmpty(Url);
}

internal sealed class ProxySessionOptionsValidator : IValidateOptions<ProxySessionOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxySessionOptions options) =>
        FindFault(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    private static string? FindFault(ProxySessionOptions options)
    {
        if (options.IsOn && options.Launcher is not (LocalLauncher.LauncherName or WesLauncher.LauncherName)) return $"{ProxySessionOptions.LauncherVariable} is '{options.Launcher}'; it may be unset, {LocalLauncher.LauncherName} or {WesLauncher.LauncherName}.";
        if (options.Launcher == WesLauncher.LauncherName && string.IsNullOrWhiteSpace(options.Image)) return $"{ProxySessionOptions.LauncherVariable} is {WesLauncher.LauncherName}, which needs the image of this application in {ProxySessionOptions.ImageVariable}, such as registry.example.org/playbook-builder:1.2.0.";
        if (options.Image is { Length: > 0 } image && image.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter))) return $"{ProxySessionOptions.ImageVariable} is '{image}'; it may be unset or the name of an image such as registry.example.org/playbook-builder:1.2.0.";
        if (!string.IsNullOrEmpty(options.ReplicaUrl) && ReadAddress(options.ReplicaUrl) is null) return $"{ProxySessionOptions.ReplicaVariable} is '{options.ReplicaUrl}'; it may be unset or an address such as http://ui-1:8080.";

        return options.HasOrigin ? FindFaultOfOrigin(options) : null;
    }

    private static string? FindFaultOfOrigin(ProxySessionOptions options)
    {
        var (host, url) = (options.Host, options.Url);
        if (!string.IsNullOrEmpty(host) && !string.IsNullOrEmpty(url)) return $"{ProxySessionOptions.HostVariable} and {ProxySessionOptions.UrlVariable} are both set; one of them says where sessions are.";

        var variable = string.IsNullOrEmpty(host) ? ProxySessionOptions.UrlVariable : ProxySessionOptions.HostVariable;
        var origin = string.IsNullOrEmpty(host) ? ReadAddress(url!) : ReadAddress($"http://{host}");
        if (origin is null or not { PathAndQuery: "/", Fragment: "", UserInfo: "" } || (!string.IsNullOrEmpty(host) && (origin.HostNameType != UriHostNameType.Dns || host.EndsWith('/'))))
        {
            return string.IsNullOrEmpty(host)
                ? $"{variable} is '{url}'; it may be unset or an address without a path, such as https://playbooks.example.org:8443."
                : $"{variable} is '{host}'; it may be unset or a name of whose subdomains each leads here, such as sessions.example.org.";
        }

        if (string.IsNullOrEmpty(options.PublicUrl)) return $"{variable} needs {FileAddressOptions.Variable}, where browsers sign in.";
        if (ReadAddress(options.PublicUrl) is not { } application) return null;

        var isSame = string.IsNullOrEmpty(host) ? application.Authority == origin.Authority : $".{application.Host}".EndsWith($".{origin.Host}", StringComparison.OrdinalIgnoreCase);
        return isSame ? $"{variable} and {FileAddressOptions.Variable} are the same; sessions need another host or port than the application." : null;
    }

    private static Uri? ReadAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;
}
