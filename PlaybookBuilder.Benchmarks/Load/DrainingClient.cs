using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>Reads answers and throws them away, at as little cost as can be: a connection, a buffer, and no library between, so that a large file is limited by who sends it.</summary>
internal sealed class DrainingClient : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly Uri _address;

    public DrainingClient(Uri address)
    {
        _address = address;
        _socket.Connect(address.Host, address.Port);
    }

    /// <returns>How long the body was.</returns>
    public async Task<long> GetAsync(string path)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_address.Authority}\r\n\r\n"));
        var (length, left) = await ReadHeadAsync();
        while (left > 0)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(0, (int)Math.Min(left, BufferSize)));
            if (read == 0) throw new IOException($"{_address}{path} broke off.");

            left -= read;
        }

        return length;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _socket.Dispose();
    }

    private async Task<(long Length, long Left)> ReadHeadAsync()
    {
        var filled = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0) throw new IOException("The server closed the connection.");

            filled += read;
            if (_buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                var lines = Encoding.ASCII.GetString(_buffer, 0, end).Split("\r\n");
                if (!lines[0].Contains(" 200 ", StringComparison.Ordinal)) throw new IOException(lines[0]);

                var length = long.Parse(lines.Single(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], CultureInfo.InvariantCulture);
                return (length, length - (filled - end - 4));
            }
        }
    }
}
