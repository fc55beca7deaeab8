namespace PlaybookBuilder.Core.Storage.Measured;

/// <summary>Counts the bytes of a blob once it is there.</summary>
internal sealed class MeasuredPendingBlob(WriteTarget target, PendingBlob inner, StorageMetrics metrics) : PendingBlob(target)
{
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.WriteAsync(bytes, cancellationToken);

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        var info = await inner.CommitAsync(destination, cancellationToken).ConfigureAwait(false);
        metrics.Written(info.Size);
        return info;
    }

    protected override ValueTask AbortCoreAsync() => inner.DisposeAsync();
}
