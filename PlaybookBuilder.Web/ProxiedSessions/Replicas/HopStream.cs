namespace PlaybookBuilder.Web.ProxiedSessions.Replicas;

/// <summary>A connection to another program. When it breaks before an answer has begun, that is no <see cref="IOException"/>, after which .NET's client would send a request without a body once more: the other program may have carried it out.</summary>
internal sealed class HopStream(Stream stream) : Stream
{
    private volatile bool _waits;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="HopBrokenException">The other program went away before it answered.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0 && !buffer.IsEmpty && _waits) throw new HopBrokenException(null);

            _waits &= count == 0;
            return count;
        }
        catch (IOException exception) when (_waits)
        {
            throw new HopBrokenException(exception);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _waits = true;
        return stream.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
    }
}

/// <summary>Another program went away before it answered.</summary>
internal sealed class HopBrokenException(Exception? cause) : Exception("The other program went away before it answered.", cause);
