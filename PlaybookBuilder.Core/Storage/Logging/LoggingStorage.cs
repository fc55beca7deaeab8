using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Storage.Logging;

/// <summary>Another storage, whose calls are logged. The bytes that streams read are not: that would be a line for every piece.</summary>
internal sealed class LoggingStorage(IStorage inner, StorageLog log) : IStorage
{
    public StorageCapabilities Capabilities => inner.Capabilities;

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => log.RunAsync("stat", path, () => inner.StatAsync(path, cancellationToken));

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) => log.RunAsync("open", path, () => inner.OpenReadAsync(path, range, cancellationToken));

    public async Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) =>
        new LoggingPendingBlob(target, await log.RunAsync("begin write", target.Folder, () => inner.BeginWriteAsync(target, cancellationToken)).ConfigureAwait(false), log);

    /// <summary>One line for each listing, when its first blob is there: how long the rest takes is up to the reader.</summary>
    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blobs = inner.ListAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (blobs.ConfigureAwait(false))
        {
            for (var isThere = await log.RunAsync("list", folder, () => blobs.MoveNextAsync().AsTask()).ConfigureAwait(false); isThere; isThere = await blobs.MoveNextAsync().ConfigureAwait(false))
                yield return blobs.Current;
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => RunAsync("delete", path, () => inner.DeleteAsync(path, cancellationToken));

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => RunAsync("copy", source, () => inner.CopyAsync(source, destination, cancellationToken));

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => RunAsync("move", source, () => inner.MoveAsync(source, destination, cancellationToken));

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => log.RunAsync("sign", path, () => inner.SignReadUrlAsync(path, lifetime, cancellationToken));

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) => log.RunAsync("clean up", path: null, () => inner.RemoveAbandonedWritesAsync(before, cancellationToken));

    private Task RunAsync(string call, StoragePath path, Func<Task> action) => log.RunAsync(call, path, async () =>
    {
        await action().ConfigureAwait(false);
        return true;
    });
}
