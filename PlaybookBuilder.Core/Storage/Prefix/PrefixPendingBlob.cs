namespace PlaybookBuilder.Core.Storage.Prefix;

internal sealed class PrefixPendingBlob(WriteTarget target, PendingBlob inner, StoragePath prefix) : PendingBlob(target)
{
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.WriteAsync(bytes, cancellationToken);

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        var info = await inner.CommitAsync(prefix.Append(destination), cancellationToken).ConfigureAwait(false);
        return info with { Path = destination };
    }

    protected override ValueTask AbortCoreAsync() => inner.DisposeAsync();
}
