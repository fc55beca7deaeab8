namespace PlaybookBuilder.Core.Storage.Overlay;

/// <summary>A write into the upper storage, after which a mark that the blob was deleted goes.</summary>
internal sealed class OverlayPendingBlob(WriteTarget target, PendingBlob inner, Func<StoragePath, CancellationToken, Task> unmark) : PendingBlob(target)
{
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.WriteAsync(bytes, cancellationToken);

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        var info = await inner.CommitAsync(destination, cancellationToken).ConfigureAwait(false);
        await unmark(destination, cancellationToken).ConfigureAwait(false);
        return info;
    }

    protected override ValueTask AbortCoreAsync() => inner.DisposeAsync();
}
