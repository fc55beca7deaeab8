using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Web.Tunnel.Public;

/// <summary>This run of this program, as the others of the deployment reach it.</summary>
internal sealed class Replica(IServer server, IOptions<ProxySessionOptions> options)
{
    private Uri? _url;

    public Guid BootId { get; } = Guid.NewGuid();

    /// <summary>Known once the program listens.</summary>
    public Uri Url => _url ??= options.Value.ReplicaUrl is { Length: > 0 } given ? new Uri(given) : Guess();

    private Uri Guess()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } first ? BindingAddress.Parse(first) : null;
        var host = address is { Host: var named } && !IsAny(named) ? named : Dns.GetHostName();
        return new UriBuilder(address?.Scheme ?? "http", host, address?.Port ?? 80).Uri;
    }

    private static bool IsAny(string host) => host is "*" or "+" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)) && ip.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6);
}
