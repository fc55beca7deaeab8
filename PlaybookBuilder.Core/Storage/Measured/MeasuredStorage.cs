namespace PlaybookBuilder.Core.Storage.Measured;

/// <summary>Another storage, whose bytes are counted.</summary>
internal sealed class MeasuredStorage(IStorage inner, StorageMetrics metrics) : IStorage
{
    public StorageCapabilities Capabilities => inner.Capabilities;

    internal IStorage Inner => inner;

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => inner.StatAsync(path, cancellationToken);

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken) =>
        new MeasuredReadStream(await inner.OpenReadAsync(path, range, cancellationToken).ConfigureAwait(false), metrics);

    public async Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) =>
        new MeasuredPendingBlob(target, await inner.BeginWriteAsync(target, cancellationToken).ConfigureAwait(false), metrics);

    public IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => inner.DeleteAsync(path, cancellationToken);

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => inner.CopyAsync(source, destination, cancellationToken);

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => inner.MoveAsync(source, destination, cancellationToken);

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) => inner.SignReadUrlAsync(path, lifetime, cancellationToken);

    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken) => inner.RemoveAbandonedWritesAsync(before, cancellationToken);
}
