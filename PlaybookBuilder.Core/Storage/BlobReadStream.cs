namespace PlaybookBuilder.Core.Storage;

/// <summary>A seekable window on a blob whose bytes can be had at any position.</summary>
internal abstract class BlobReadStream(StoragePath path, long offset, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    protected StoragePath Path => path;

    public override int Read(Span<byte> buffer)
    {
        var window = Window(buffer.Length);
        return window == 0 ? 0 : Advance(ReadAt(buffer[..window], offset + _position));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var window = Window(buffer.Length);
        return window == 0 ? 0 : Advance(await ReadAtAsync(buffer[..window], offset + _position, cancellationToken).ConfigureAwait(false));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => length + offset,
        };
        if (target < 0)
            throw new IOException("Can't seek to before the beginning.");

        return _position = target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads at least one byte at a position of the blob where there is one; 0 means that the blob lost bytes since it was opened.</summary>
    protected abstract int ReadAt(Span<byte> buffer, long position);

    /// <inheritdoc cref="ReadAt"/>
    protected abstract ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken);

    private int Window(int wanted) => (int)Math.Clamp(length - _position, 0, wanted);

    private int Advance(int read)
    {
        if (read == 0)
            throw new StorageException(StorageErrorKind.Failed, $"'{path}' ended {length - _position} bytes too early.");

        _position += read;
        return read;
    }
}
