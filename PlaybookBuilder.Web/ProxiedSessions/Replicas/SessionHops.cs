using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using PlaybookBuilder.Core.Cavatica.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace PlaybookBuilder.Web.ProxiedSessions.Replicas;

/// <summary>Hands requests on to the program that holds a session's tunnel.</summary>
internal sealed class SessionHops(HopTokens tokens, IHttpForwarder forwarder) : IDisposable
{
    private static readonly TimeSpan TimeToConnect = TimeSpan.FromSeconds(3);

    // Well before the other program closes them: a request may be on its way then.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private static readonly ForwarderRequestConfig Config = new() { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = TimeSpan.FromHours(1) };

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeToConnect,
        ConnectCallback = ConnectAsync,
        PooledConnectionIdleTimeout = IdleTime,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
    });

    public async Task<HopOutcome> SendAsync(HttpContext context, Hop hop, Uri replica)
    {
        var transformer = new HopTransformer(hop.SessionId, tokens.Issue(hop));
        var error = await forwarder.SendAsync(context, replica.ToString().TrimEnd('/') + ReplicaHops.PathOf(hop.SessionId), _invoker, Config, transformer);
        if (context.Response.HasStarted) return HopOutcome.Answered;

        if (transformer.IsGone)
        {
            context.Response.Clear();
            return context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } ? HopOutcome.GoneWithBody : HopOutcome.Gone;
        }

        if (error == ForwarderError.None) return HopOutcome.Answered;
        if (context.RequestAborted.IsCancellationRequested || !IsUnreached(context.GetForwarderErrorFeature()?.Exception)) return HopOutcome.Broken;

        context.Response.Clear();
        return HopOutcome.Gone;
    }

    /// <summary>The same for a request that no browser sent.</summary>
    /// <param name="request">For a path of the worker.</param>
    /// <returns>Null when the other program is not there, or does not hold the tunnel; nothing was sent then.</returns>
    /// <exception cref="HttpRequestException">It went away before it answered.</exception>
    public async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, Hop hop, Uri replica, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(replica.ToString().TrimEnd('/') + ReplicaHops.PathOf(hop.SessionId) + request.RequestUri);
        request.Headers.TryAddWithoutValidation(ReplicaHops.HostHeader, "session");
        request.Headers.TryAddWithoutValidation(ReplicaHops.TokenHeader, tokens.Issue(hop));
        try
        {
            var answer = await _invoker.SendAsync(request, cancellationToken);
            if (!answer.Headers.NonValidated.Contains(ReplicaHops.GoneHeader)) return answer;

            answer.Dispose();
            return null;
        }
        catch (Exception exception) when (IsUnreached(exception))
        {
            return null;
        }
    }

    public void Dispose() => _invoker.Dispose();

    // Nothing was sent.
    private static bool IsUnreached(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } or OperationCanceledException { InnerException: TimeoutException };

    // A machine that vanished says nothing, also not that it is gone.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 2);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new HopStream(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>What came of a request that was handed on.</summary>
internal enum HopOutcome
{
    /// <summary>It was answered, or the answer broke off after it had begun.</summary>
    Answered,

    /// <summary>The other program went away before it answered.</summary>
    Broken,

    /// <summary>The other program is not there, or is not the one any more that held the tunnel; nothing was sent.</summary>
    Gone,

    /// <summary>The same, and some of the request's body was sent, perhaps.</summary>
    GoneWithBody,
}
