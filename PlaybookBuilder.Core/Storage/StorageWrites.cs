using System.Buffers;

namespace PlaybookBuilder.Core.Storage;

public static class StorageWrites
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Writes a whole stream to one path; when it fails or is cancelled, nothing was changed.</summary>
    public static async Task<BlobInfo> WriteAsync(this IStorage storage, StoragePath path, Stream content, CancellationToken cancellationToken)
    {
        var pending = await storage.BeginWriteAsync(WriteTarget.At(path), cancellationToken).ConfigureAwait(false);
        await using (pending.ConfigureAwait(false))
        {
            await CopyAsync(content, pending, cancellationToken).ConfigureAwait(false);
            return await pending.CommitAsync(path, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CopyAsync(Stream content, PendingBlob pending, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
                await pending.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
