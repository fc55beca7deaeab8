using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Stands between clients and a server, and does to them what networks do.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _hold;

    public TcpRelay(int target)
    {
        Target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The port that new connections lead to.</summary>
    public int Target { get; set; }

    /// <summary>Keeps back what the server answers, until the connections are cut.</summary>
    public void HoldAnswers() => _hold = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Breaks every connection; what was kept back is lost. New ones are as before.</summary>
    public void Cut()
    {
        var hold = _hold;
        _hold = null;
        foreach (var client in _open.Keys)
        {
            if (_open.TryRemove(client, out _)) client.Dispose();
        }

        hold?.TrySetCanceled();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Cut();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        _open.TryAdd(client, 0);
        _open.TryAdd(server, 0);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, Target, _end.Token);
            await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), isAnswer: false), CopyAsync(server.GetStream(), client.GetStream(), isAnswer: true));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The server is away, or the connection was cut: the other side sees that it is closed.
        }

        _open.TryRemove(client, out _);
        _open.TryRemove(server, out _);
        client.Dispose();
        server.Dispose();
    }

    private async Task CopyAsync(NetworkStream source, NetworkStream destination, bool isAnswer)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await source.ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                if (isAnswer && _hold is { } hold) await hold.Task;
                await destination.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, and so is the connection.
        }
    }
}
