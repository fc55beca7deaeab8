namespace PlaybookBuilder.Core.Storage.Memory;

/// <summary>Immutable bytes in chunks below the size at which .NET moves arrays to the large object heap; all but the last are <see cref="ChunkSize"/> long.</summary>
internal sealed record MemoryBlob(IReadOnlyList<byte[]> Chunks, long Size, DateTimeOffset ModifiedAt)
{
    public const int ChunkSize = 64 * 1024;

    public ReadOnlySpan<byte> From(long position)
    {
        var (chunk, start) = Math.DivRem(position, ChunkSize);
        return Chunks[(int)chunk].AsSpan((int)start);
    }
}
