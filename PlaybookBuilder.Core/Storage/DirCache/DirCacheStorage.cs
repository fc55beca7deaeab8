using System.Collections.Concurrent;

namespace PlaybookBuilder.Core.Storage.DirCache;

/// <summary>Another storage, of which size and time of blobs are remembered for a while. What this program changes is seen at once, what others change when the while is over.</summary>
internal sealed class DirCacheStorage(IStorage inner, TimeSpan lifetime, TimeProvider clock) : IStorage
{
    private const int MostEntries = 10_000;

    private readonly ConcurrentDictionary<StoragePath, (BlobInfo? Info, DateTimeOffset Until)> _known = new();
    private long _changes;

    public StorageCapabilities Capabilities => inner.Capabilities;

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_known.TryGetValue(path, out var known) && known.Until > clock.GetUtcNow())
            return known.Info;

        var before = Interlocked.Read(ref _changes);
        var info = await inner.StatAsync(path, cancellationToken).ConfigureAwait(false);
        Remember(path, info, before);
        return info;
    }

    public Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) => inner.OpenReadAsync(path, range, cancellationToken);

    public async Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) =>
        new DirCachePendingBlob(target, await inner.BeginWriteAsync(target, cancellationToken).ConfigureAwait(false), Forget);

    public IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => ChangeAsync(() => inner.DeleteAsync(path, cancellationToken), path);

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => ChangeAsync(() => inner.CopyAsync(source, destination, cancellationToken), destination);

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => ChangeAsync(() => inner.MoveAsync(source, destination, cancellationToken), source, destination);

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => inner.SignReadUrlAsync(path, lifetime, cancellationToken);

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) => inner.RemoveAbandonedWritesAsync(before, cancellationToken);

    private async Task ChangeAsync(Func<Task> change, params StoragePath[] paths)
    {
        try
        {
            await change().ConfigureAwait(false);
        }
        finally
        {
            foreach (var path in paths)
                Forget(path);
        }
    }

    private void Forget(StoragePath path)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(path, out _);
    }

    /// <summary>What was looked up while something changed may be what was before the change, and is not kept.</summary>
    private void Remember(StoragePath path, BlobInfo? info, long changesBefore)
    {
        if (_known.Count >= MostEntries)
            _known.Clear();

        _known[path] = (info, clock.GetUtcNow() + lifetime);
        if (Interlocked.Read(ref _changes) != changesBefore)
            _known.TryRemove(path, out _);
    }
}
