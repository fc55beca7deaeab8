using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace PlaybookBuilder.Web.Tunnel.Worker;

/// <summary>A websocket to the public side as a connection that the server takes requests from.</summary>
internal sealed class TunnelConnection : DefaultConnectionContext
{
    // A websocket message of this size carries four of HTTP/2's frames.
    private const int BufferSize = 64 * 1024;

    private readonly CancellationTokenSource _closed = new();
    private readonly WebSocketStream _stream;

    public TunnelConnection(WebSocket socket, EndPoint localEndPoint)
    {
        _stream = new WebSocketStream(socket);
        ConnectionId = Guid.NewGuid().ToString("N");
        LocalEndPoint = localEndPoint;
        ConnectionClosed = _closed.Token;
        Transport = new DuplexPipe(
            PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: BufferSize, minimumReadSize: BufferSize / 4, leaveOpen: true)),
            PipeWriter.Create(_stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: true)));
        Features.Set<ITunnelFeature>(new TunnelFeature());
        _ = FollowAsync();
    }

    /// <summary>Completes when the public side is gone, or the server has done with it.</summary>
    public Task Ended => _stream.Ended;

    /// <summary>Ends it and says why to the public side.</summary>
    public Task CloseAsync(string reason) => _stream.CloseAsync(reason);

    public override void Abort(ConnectionAbortedException abortReason) => _stream.Abort();

    public override async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task FollowAsync()
    {
        await Ended;
        // What still works for the public side stops.
        await _closed.CancelAsync();
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class TunnelFeature : ITunnelFeature;
}

/// <summary>Stands among the features of requests that came through the tunnel: who sent them was looked at on the public side.</summary>
internal interface ITunnelFeature;
