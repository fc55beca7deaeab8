using System.Net.Sockets;

namespace PlaybookBuilder.Benchmarks.Probe;

/// <summary>The asking side of <see cref="HeapServer"/>.</summary>
internal sealed class HeapProbe(string folder)
{
    private readonly string _socket = Path.Combine(folder, "heap.sock");

    /// <summary>What the measured program has to be started with.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(HeapProbe).Assembly.Location,
        [HeapServer.SocketVariable] = _socket,
    };

    public async Task<long> ReadBytesAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket));
        var answer = new byte[sizeof(long)];
        await using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(answer);
        return BitConverter.ToInt64(answer);
    }
}
