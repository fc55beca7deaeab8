namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>The bytes that a server sends, to be read once. Where it breaks off, it is asked for the rest.</summary>
/// <param name="first">The body of its first answer.</param>
/// <param name="length">Of the whole; null where it does not say.</param>
/// <param name="reopen">Asks for what comes from a byte on; null where that can't be had.</param>
/// <param name="onRead">Hears how many bytes there are so far.</param>
internal sealed class FetchedBody(Stream first, long? length, Func<long, CancellationToken, Task<Stream?>> reopen, Action<long> onRead, TimeProvider time) : Stream
{
    private const int MostBreaks = 5;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private Stream _source = first;
    private long _position;
    private int _breaks;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var read = await ReadSourceAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0 || length is null || _position >= length)
                {
                    _position += read;
                    onRead(_position);
                    return read;
                }

                throw new EndOfStreamException();
            }
            catch (Exception error) when (error is IOException or HttpRequestException)
            {
                await ReopenAsync(error, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadSourceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await _source.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("Nothing came for too long.", error);
        }
    }

    private async Task ReopenAsync(Exception error, CancellationToken cancellationToken)
    {
        var rest = ++_breaks > MostBreaks ? null : await reopen(_position, cancellationToken).ConfigureAwait(false);
        if (rest is null) throw new FetchException(FetchProblem.Unreachable, $"The server broke off after {_position} bytes.", error);

        await _source.DisposeAsync().ConfigureAwait(false);
        _source = rest;
    }
}
