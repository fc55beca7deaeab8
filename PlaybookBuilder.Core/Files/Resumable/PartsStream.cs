using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>Pieces of blobs, read one after the other; one is open at a time.</summary>
internal sealed class PartsStream(IStorage storage, IReadOnlyList<PartsStream.Piece> pieces) : Stream
{
    private int _next;
    private Stream? _open;

    internal sealed record Piece(StoragePath Path, long Offset, long Length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (_open is null)
            {
                if (_next == pieces.Count) return 0;

                var piece = pieces[_next++];
                _open = await storage.OpenReadAsync(piece.Path, new ByteRange(piece.Offset, piece.Length), cancellationToken).ConfigureAwait(false);
            }

            if (await _open.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count) return count;

            await _open.DisposeAsync().ConfigureAwait(false);
            _open = null;
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Storages are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_open is not null) await _open.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        _open?.Dispose();
        base.Dispose(disposing);
    }
}
