using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Tests.Storage.Faults;

/// <summary>Looks the blob up again at every read, as a store without snapshots would.</summary>
internal sealed class ReopeningStream(IStorage storage, StoragePath path, long length) : BlobReadStream(path, 0, length)
{
    protected override int ReadAt(Span<byte> buffer, long position) => throw new NotSupportedException();

    protected override async ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken)
    {
        await using var now = await storage.OpenReadAsync(Path, new ByteRange(position), cancellationToken);
        return await now.ReadAsync(buffer, cancellationToken);
    }
}
