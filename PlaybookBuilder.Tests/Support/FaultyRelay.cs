using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Stands before a server and breaks connections as it is told: each new one takes the next fault, or none.</summary>
internal sealed class FaultyRelay : IAsyncDisposable
{
    private static readonly byte[] Busy = Encoding.ASCII.GetBytes("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile Func<Fault?> _next = static () => null;
    private int _struck;

    public FaultyRelay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many faults happened.</summary>
    public int Struck => _struck;

    /// <summary>The next connection has this fault, those after it none. Connections that are open are closed, so that the next call makes a new one.</summary>
    public void Strike(Fault fault)
    {
        var armed = fault;
        Plan(() => Interlocked.Exchange(ref armed, null));
    }

    /// <summary>Every connection has this fault until it happened on one. For clients that open several at once, and may leave some of them unused.</summary>
    public void StrikeOnce(Fault fault) => Plan(() => _struck == 0 ? fault : null);

    /// <summary>Every new connection asks for its fault.</summary>
    public void Plan(Func<Fault?> next)
    {
        _next = next;
        foreach (var client in _open.Keys) client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var client in _open.Keys) client.Dispose();
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
        using var server = new TcpClient { NoDelay = true };
        using var _ = client;
        client.NoDelay = true;
        var fault = _next();
        _open.TryAdd(client, 0);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            var asked = CopyAsync(client, server, fault is { InAnswer: false } ? fault : null, client);
            var answered = CopyAsync(server, client, fault is { InAnswer: true } ? fault : null, client);
            await Task.WhenAny(asked, answered);
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone, and so is the connection.
        }

        _open.TryRemove(client, out byte _);
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Fault? fault, TcpClient client)
    {
        var (source, destination) = (from.GetStream(), to.GetStream());
        var buffer = new byte[16 * 1024];
        for (var passed = 0; await source.ReadAsync(buffer, _end.Token) is > 0 and var count; passed += count)
        {
            if (fault is not null && passed + count > fault.After)
            {
                Interlocked.Increment(ref _struck);
                var (before, strike) = (Math.Max(0, fault.After - passed), fault);
                fault = strike.Kind == FaultKind.Slow ? strike : null;
                if (!await StrikeAsync(strike, buffer, before, count, destination, client)) return;
            }
            else
            {
                await destination.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> StrikeAsync(Fault fault, byte[] buffer, int before, int count, NetworkStream destination, TcpClient client)
    {
        switch (fault.Kind)
        {
            case FaultKind.Damage:
                buffer[before] ^= 0x20;
                await destination.WriteAsync(buffer.AsMemory(0, count), _end.Token);
                return true;
            case FaultKind.Slow:
                for (var i = 0; i < count; i++)
                    await destination.WriteAsync(buffer.AsMemory(i, 1), _end.Token);

                return true;
            case FaultKind.Stall:
                await destination.WriteAsync(buffer.AsMemory(0, before), _end.Token);
                await Task.Delay(Timeout.Infinite, _end.Token);
                return false;
            case FaultKind.Busy:
                await client.GetStream().WriteAsync(Busy, _end.Token);
                return false;
            case FaultKind.Reset:
                client.LingerState = new LingerOption(true, 0);
                client.Client.Close();
                return false;
            default:
                await destination.WriteAsync(buffer.AsMemory(0, before), _end.Token);
                return false;
        }
    }
}
