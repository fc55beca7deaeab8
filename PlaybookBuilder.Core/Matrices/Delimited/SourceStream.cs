namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Reads a stream forward, from bytes that were already taken from it on, and reports how many of its bytes were read. Disposing it leaves
/// the stream open: whoever opened it closes it.
/// </summary>
internal sealed class SourceStream(Stream source, ReadOnlyMemory<byte> head, IProgress<long>? progress) : Stream
{
    private ReadOnlyMemory<byte> _head = head;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var taken = _head.IsEmpty ? await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : TakeHead(buffer.Span);
        return Count(taken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        Count(_head.IsEmpty ? source.Read(buffer, offset, count) : TakeHead(buffer.AsSpan(offset, count)));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeHead(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _head.Length);
        _head.Span[..length].CopyTo(buffer);
        _head = _head[length..];
        return length;
    }

    private int Count(int taken)
    {
        _read += taken;
        if (taken > 0) progress?.Report(_read);
        return taken;
    }
}
