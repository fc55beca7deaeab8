using PlaybookBuilder.Core.Storage.ReadOnly;

namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>What a web server gives, as blobs that can only be read.</summary>
internal sealed class HttpStorage(HttpSettings settings) : IStorage, IDisposable
{
    private readonly HttpFiles _files = new(settings.Retries);

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: false, Writable: false, Listable: false, SnapshotReads: false);

    public Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) => _files.StatAsync(path, TargetOf(path), cancellationToken);

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        var part = await _files.GetAsync(path, TargetOf(path), range, identity: null, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
        var stream = new HttpReadStream(
            path,
            async (rest, token) => part.Identity.IsKnown ? await _files.GetAsync(path, TargetOf(path), rest, part.Identity, token).ConfigureAwait(false) : null,
            range?.Offset ?? 0,
            part.Length,
            settings.Retries);
        stream.ReadFrom(part.Content, range?.Offset ?? 0);
        return stream;
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, CancellationToken cancellationToken) =>
        throw new StorageException(StorageErrorKind.Unsupported, "Web servers don't list their files.");

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => throw ReadOnlyStorage.Refusal();

    public Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        throw new StorageException(StorageErrorKind.Unsupported, "A web server's files have no other addresses than those they are read from.");

    /// <summary>Nothing is begun here, so nothing is abandoned.</summary>
    public Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(0);
    }

    public void Dispose() => _files.Dispose();

    private HttpTarget TargetOf(StoragePath path) => new(new Uri($"{settings.Root}/{string.Join('/', path.Value.Split('/').Select(Uri.EscapeDataString))}"), settings.Headers);
}
