using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Web.ProxiedSessions.Origin;

/// <summary>Where browsers find sessions when people sign in: at hosts, or a port, of their own, since a worker's pages run scripts.</summary>
internal sealed class SessionOrigin
{
    private readonly Uri? _application;
    private readonly Uri? _url;
    private readonly Uri? _hosts;

    public SessionOrigin(IOptions<ProxySessionOptions> options)
    {
        if (!options.Value.HasOrigin) return;

        _application = new Uri(options.Value.PublicUrl!);
        if (options.Value.Url is { Length: > 0 } url) _url = new Uri(url);
        else _hosts = HostsOf(options.Value.Host!, _application);
    }

    public bool IsSet => _application is not null;

    /// <summary>The address of a session's origin.</summary>
    public Uri AddressOf(Guid sessionId) => _url ?? new UriBuilder(_hosts!) { Host = $"{sessionId}.{_hosts!.Host}" }.Uri;

    /// <summary>A path of a session at its origin.</summary>
    public string At(Guid sessionId, string pathAndQuery) => AddressOf(sessionId).GetLeftPart(UriPartial.Authority) + pathAndQuery;

    /// <summary>A path of the application itself.</summary>
    public string AtApplication(string pathAndQuery) => _application!.AbsoluteUri.TrimEnd('/') + pathAndQuery;

    /// <summary>Whether a request is for the origin of sessions, of whichever.</summary>
    public bool Covers(HttpRequest request) => _url is not null ? IsOf(request, _url) : _hosts is not null && $".{request.Host.Host}".EndsWith($".{_hosts.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a request is for the origin of this session.</summary>
    public bool IsOf(HttpRequest request, Guid sessionId) => IsOf(request, AddressOf(sessionId));

    private static bool IsOf(HttpRequest request, Uri address) =>
        request.Host.Host.Equals(address.Host, StringComparison.OrdinalIgnoreCase) && (request.Host.Port ?? PortOf(address.Scheme)) == address.Port;

    private static int PortOf(string scheme) => scheme == Uri.UriSchemeHttps ? 443 : 80;

    // Where no port is said it is that of the application.
    private static Uri HostsOf(string host, Uri application)
    {
        var given = new Uri($"http://{host}");
        return new UriBuilder(application.Scheme, given.Host, host.Contains(':', StringComparison.Ordinal) ? given.Port : application.Port).Uri;
    }
}
