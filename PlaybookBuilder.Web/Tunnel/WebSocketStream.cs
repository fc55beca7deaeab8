using System.Net.WebSockets;

namespace PlaybookBuilder.Web.Tunnel;

/// <summary>The bytes that go over a websocket as one stream each way; where its messages begin and end means nothing.</summary>
internal sealed class WebSocketStream(WebSocket socket) : Stream
{
    // What a close frame holds beside its code.
    private const int LongestReason = 123;

    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDisposed;

    /// <summary>Completes when nothing comes any more, however that came about.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why the other side ended it, as that side says; null where it said nothing, as when the connection broke.</summary>
    public string? EndReason { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="IOException">The connection broke.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Who reads nothing asks whether something is there; a websocket can't tell.
        if (buffer.IsEmpty) return 0;

        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    if (socket is { CloseStatus: WebSocketCloseStatus.NormalClosure, CloseStatusDescription: { Length: > 0 } reason }) EndReason = reason;
                    _ended.TrySetResult();
                    return 0;
                }

                // An empty message is not the end.
                if (received.Count > 0) return received.Count;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            _ended.TrySetResult();
            throw new IOException("The tunnel broke.", exception);
        }
        catch (OperationCanceledException)
        {
            // A websocket whose reading was cancelled is of no more use.
            _ended.TrySetResult();
            throw;
        }
    }

    /// <exception cref="IOException">The connection broke.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return;

        try
        {
            await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            _ended.TrySetResult();
            throw new IOException("The tunnel broke.", exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Breaks the connection off.</summary>
    public void Abort()
    {
        socket.Abort();
        _ended.TrySetResult();
    }

    /// <summary>Ends it and says why, as far as <see cref="LongestReason"/> bytes go; waits a moment for the other side to have heard it.</summary>
    public async Task CloseAsync(string reason)
    {
        await CloseOutputAsync(Shorten(reason));
        await Task.WhenAny(Ended, Task.Delay(TimeToClose));
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;

        // The other side learns that it is the end and no accident.
        await CloseOutputAsync(reason: null);
        Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;

        Interlocked.Exchange(ref _isDisposed, 1);
        _ended.TrySetResult();
        socket.Dispose();
    }

    private async Task CloseOutputAsync(string? reason)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;

        using var limit = new CancellationTokenSource(TimeToClose);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, reason, limit.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side is gone already.
        }
    }

    private static string Shorten(string reason)
    {
        var (length, bytes) = (0, 0);
        foreach (var rune in reason.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > LongestReason) break;

            length += rune.Utf16SequenceLength;
        }

        return reason[..length];
    }
}
