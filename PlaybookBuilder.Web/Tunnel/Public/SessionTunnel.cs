using System.Net;
using System.Net.Sockets;

namespace PlaybookBuilder.Web.Tunnel.Public;

/// <summary>The connection with one session's worker: requests go out over it.</summary>
internal sealed class SessionTunnel : IAsyncDisposable
{
    // A client that stops reading holds so many requests at most, each with what fits into its window.
    private const int MostRequests = 256;

    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);

    private readonly WebSocketStream _stream;
    private int _requests;
    private int _handedOut;

    public SessionTunnel(Guid sessionId, int epoch, WebSocketStream stream)
    {
        (SessionId, Epoch, _stream) = (sessionId, epoch, stream);
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            EnableMultipleHttp2Connections = false,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = Ping,
            KeepAlivePingTimeout = Ping,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        });
    }

    public Guid SessionId { get; }

    public int Epoch { get; }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>Completes when the worker is gone.</summary>
    public Task Ended => _stream.Ended;

    /// <summary>Why the worker ended, in its own words, which are anybody's; null where it only lost the connection.</summary>
    public string? EndReason => _stream.EndReason;

    /// <summary>Whether one more request may go; each that may is to be ended by <see cref="EndRequest"/>.</summary>
    public bool TryBeginRequest()
    {
        if (Interlocked.Increment(ref _requests) <= MostRequests) return true;

        Interlocked.Decrement(ref _requests);
        return false;
    }

    public void EndRequest() => Interlocked.Decrement(ref _requests);

    /// <summary>Ends it at once, with all that is under way.</summary>
    public void Abort() => _stream.Abort();

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        Invoker.Dispose();
    }

    // Nothing was sent yet where this fails, so that the request may go another way.
    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _handedOut, 1) == 0 && !Ended.IsCompleted
            ? ValueTask.FromResult<Stream>(_stream)
            : ValueTask.FromException<Stream>(new SocketException((int)SocketError.ConnectionReset));
}
