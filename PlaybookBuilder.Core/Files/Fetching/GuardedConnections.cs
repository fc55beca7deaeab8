using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>
/// Connects to what users name, and to nothing that is not public or allowed: the very address that was looked at is connected to, so that a name that
/// changes its address in between leads nowhere else.
/// </summary>
internal sealed class GuardedConnections(IOptions<FetchOptions> options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestUnused = TimeSpan.FromSeconds(30);
    private const int LongestHeadersKilobytes = 32;

    private readonly IReadOnlyList<IPNetwork> _allowed = options.Value.ReadNetworks();

    /// <summary>A client that follows no redirects by itself and adds nothing of its own: no proxy, no cookies, no credentials.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        // Not even the trace that it belongs to.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = LongestConnecting,
        MaxResponseHeadersLength = LongestHeadersKilobytes,
        PooledConnectionIdleTimeout = LongestUnused,
        PreAuthenticate = false,
        UseCookies = false,
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "PlaybookBuilder" }, { "Accept-Encoding", "identity" } },
    };

    /// <summary>The addresses of a host.</summary>
    /// <exception cref="FetchException">One of them is not allowed, or there is none.</exception>
    public async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        // One that leads inside is one too many: which one would be connected to is for others to choose.
        if (!addresses.All(IsAllowed)) throw new FetchException(FetchProblem.Refused, $"Files are not fetched from '{host}': it is not at a public address.");

        return addresses;
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];

        try
        {
            var addresses = await resolve(host, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0 ? addresses : throw Unknown(host, null);
        }
        catch (SocketException error)
        {
            throw Unknown(host, error);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await FindAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PublicAddresses.Contains(plain) || _allowed.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    private static FetchException Unknown(string host, Exception? error) => new(FetchProblem.Unreachable, $"There is no host '{host}'.", error);
}
