namespace PlaybookBuilder.Core.Storage.Memory;

internal sealed class MemoryPendingBlob(WriteTarget target, Func<StoragePath, IReadOnlyList<byte[]>, long, BlobInfo> publish) : PendingBlob(target)
{
    private readonly List<byte[]> _chunks = [];
    private int _room;

    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_room == 0)
            {
                _chunks.Add(new byte[MemoryBlob.ChunkSize]);
                _room = MemoryBlob.ChunkSize;
            }

            var count = Math.Min(_room, bytes.Length);
            bytes[..count].CopyTo(_chunks[^1].AsMemory(MemoryBlob.ChunkSize - _room));
            bytes = bytes[count..];
            _room -= count;
        }

        return ValueTask.CompletedTask;
    }

    protected override Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        if (_room > 0)
            _chunks[^1] = _chunks[^1][..^_room];

        return Task.FromResult(publish(destination, _chunks, Length));
    }

    protected override ValueTask AbortCoreAsync()
    {
        _chunks.Clear();
        return ValueTask.CompletedTask;
    }
}
