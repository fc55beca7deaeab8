using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PlaybookBuilder.Web.Tunnel.Worker;

/// <summary>A server that nobody reaches but through a tunnel.</summary>
internal static class TunnelServer
{
    // One connection carries everything: with the defaults a few uploads that nobody reads hold up all the rest, and so do a hundred slow answers.
    private const int ConnectionWindow = 128 * 1024 * 1024;
    private const int StreamWindow = 8 * 1024 * 1024;
    private const int MostStreams = 1_000;

    // The default would close a tunnel that nobody uses; without any limit the server says goodbye every second.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromDays(1);

    public static void ListenAtTunnel(this IWebHostBuilder host, TunnelDialer dialer, WebSocket first, Action<TunnelRefusedException> onRefused)
    {
        var factory = new TunnelListenerFactory(dialer, first, onRefused);
        host.ConfigureServices(services => services.AddSingleton<IConnectionListenerFactory>(factory).AddSingleton(factory));
        host.ConfigureKestrel(server =>
        {
            var limits = server.Limits;
            limits.KeepAliveTimeout = KeepAlive;
            limits.MaxRequestBodySize = null;
            // Browsers may be slow, and the public side waits for them.
            limits.MinRequestBodyDataRate = null;
            limits.MinResponseDataRate = null;
            limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
            limits.Http2.InitialStreamWindowSize = StreamWindow;
            limits.Http2.MaxStreamsPerConnection = MostStreams;
            server.Listen(new TunnelEndPoint(dialer.Address), static listen => listen.Protocols = HttpProtocols.Http2);
        });
    }
}
