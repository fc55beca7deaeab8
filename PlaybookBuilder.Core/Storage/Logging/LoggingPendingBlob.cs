namespace PlaybookBuilder.Core.Storage.Logging;

internal sealed class LoggingPendingBlob(WriteTarget target, PendingBlob inner, StorageLog log) : PendingBlob(target)
{
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.WriteAsync(bytes, cancellationToken);

    protected override Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken) => log.RunAsync("commit", destination, () => inner.CommitAsync(destination, cancellationToken));

    protected override ValueTask AbortCoreAsync() => inner.DisposeAsync();
}
