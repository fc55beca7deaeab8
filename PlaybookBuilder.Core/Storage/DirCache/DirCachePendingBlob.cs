namespace PlaybookBuilder.Core.Storage.DirCache;

/// <summary>Has what is known of the destination forgotten, whether the commit succeeds or not.</summary>
internal sealed class DirCachePendingBlob(WriteTarget target, PendingBlob inner, Action<StoragePath> forget) : PendingBlob(target)
{
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.WriteAsync(bytes, cancellationToken);

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.CommitAsync(destination, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            forget(destination);
        }
    }

    protected override ValueTask AbortCoreAsync() => inner.DisposeAsync();
}
