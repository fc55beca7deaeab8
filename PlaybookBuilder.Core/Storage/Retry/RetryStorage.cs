using System.Runtime.CompilerServices;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Retry;

/// <summary>
/// Another storage, whose calls are tried again when they fail with what may be over later. The bytes of a write pass once and a move can't be told from one that was carried out, so
/// neither is repeated here; the storages behind a network repeat their own parts.
/// </summary>
internal sealed class RetryStorage(IStorage inner, CallRetries retries) : IStorage
{
    public StorageCapabilities Capabilities => inner.Capabilities;

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => retries.RunAsync(token => inner.StatAsync(path, token), cancellationToken);

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        var opened = await StatAsync(path, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
        var answer = await retries.RunAsync(token => inner.OpenReadAsync(path, range, token), cancellationToken).ConfigureAwait(false);
        var length = answer.CanSeek ? answer.Length : range?.LengthWithin(path, opened.Size) ?? opened.Size;
        var stream = new RetryReadStream(inner, opened, range?.Offset ?? 0, length, retries);
        stream.ReadFrom(answer, range?.Offset ?? 0);
        return stream;
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) => retries.RunAsync(token => inner.BeginWriteAsync(target, token), cancellationToken);

    /// <summary>Only what comes before the first blob is tried again: after it, some would come twice.</summary>
    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (blobs, isThere) = await retries.RunAsync(async _ => await BeginListAsync(folder, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await using (blobs.ConfigureAwait(false))
        {
            for (; isThere; isThere = await blobs.MoveNextAsync().ConfigureAwait(false))
                yield return blobs.Current;
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => RunAsync(token => inner.DeleteAsync(path, token), cancellationToken);

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => RunAsync(token => inner.CopyAsync(source, destination, token), cancellationToken);

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => inner.MoveAsync(source, destination, cancellationToken);

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => retries.RunAsync(token => inner.SignReadUrlAsync(path, lifetime, token), cancellationToken);

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) => retries.RunAsync(token => inner.RemoveAbandonedWritesAsync(before, token), cancellationToken);

    private async Task<(IAsyncEnumerator<BlobInfo> Blobs, bool IsThere)> BeginListAsync(StoragePath? folder, CancellationToken cancellationToken)
    {
        var blobs = inner.ListAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            return (blobs, await blobs.MoveNextAsync().ConfigureAwait(false));
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            await blobs.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task RunAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) => retries.RunAsync(async token =>
    {
        await call(token).ConfigureAwait(false);
        return true;
    }, cancellationToken);
}
