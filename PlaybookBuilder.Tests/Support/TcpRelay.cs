using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Stands between clients and a server, and does to them what networks do.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Pair, byte> _open = new();
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

    /// <summary>Keeps back what the server answers from now on.</summary>
    public void HoldAnswers() => _hold = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether an answer is being kept back.</summary>
    public bool HasAnswers => _open.Keys.Any(static pair => pair.HasAnswer);

    /// <summary>Breaks the connections on which an answer was kept back, and loses it; the others go on.</summary>
    public void LoseAnswers()
    {
        foreach (var pair in _open.Keys.Where(static pair => pair.HasAnswer)) pair.Dispose();
        var hold = _hold;
        _hold = null;
        hold?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var pair in _open.Keys) pair.Dispose();
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
        using var pair = new Pair(client, new TcpClient());
        _open.TryAdd(pair, 0);
        try
        {
            await pair.Server.ConnectAsync(IPAddress.Loopback, Target, _end.Token);
            await Task.WhenAny(CopyAsync(pair.Client.GetStream(), pair.Server.GetStream(), static () => Task.CompletedTask), CopyAsync(pair.Server.GetStream(), pair.Client.GetStream(), () => HoldAsync(pair)));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The server is away, or the connection was broken: the other side sees that it is closed.
        }

        _open.TryRemove(pair, out _);
    }

    private async Task HoldAsync(Pair pair)
    {
        if (_hold is not { } hold) return;

        pair.HasAnswer = true;
        await hold.Task;
    }

    private async Task CopyAsync(NetworkStream source, NetworkStream destination, Func<Task> beforeEach)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await source.ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                await beforeEach();
                await destination.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, and so is the connection.
        }
    }

    private sealed class Pair : IDisposable
    {
        public Pair(TcpClient client, TcpClient server)
        {
            (Client, Server) = (client, server);
            (client.NoDelay, server.NoDelay) = (true, true);
        }

        public TcpClient Client { get; }

        public TcpClient Server { get; }

        public bool HasAnswer { get; set; }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
