namespace PlaybookBuilder.Core.Storage.Memory;

internal sealed class MemoryReadStream(StoragePath path, MemoryBlob blob, long offset, long length) : BlobReadStream(path, offset, length)
{
    protected override int ReadAt(Span<byte> buffer, long position)
    {
        var available = blob.From(position);
        var count = Math.Min(available.Length, buffer.Length);
        available[..count].CopyTo(buffer);
        return count;
    }

    protected override ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken) => ValueTask.FromResult(ReadAt(buffer.Span, position));
}
