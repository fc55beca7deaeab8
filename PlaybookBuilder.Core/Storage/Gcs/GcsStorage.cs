using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Google.Cloud.Storage.V1;
using StoredObject = Google.Apis.Storage.v1.Data.Object;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>Blobs as objects of a bucket, or of a part of it, in Google Cloud Storage.</summary>
internal sealed class GcsStorage(GcsSettings settings) : IStorage
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(7);

    private readonly GcsBucket _bucket = new(settings);
    private readonly UrlSigner? _signer = settings.Account is null ? null : UrlSigner.FromCredential(settings.Account);

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: settings.Account is not null, SnapshotReads: false) { Cloud = settings.Endpoint == GcsSettings.DefaultEndpoint ? "gcp" : null };

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) =>
        await _bucket.HeadAsync(path, _bucket.Key(path), cancellationToken).ConfigureAwait(false) is { } found ? Describe(path, found) : null;

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        var last = range?.Length is { } length && length <= long.MaxValue - range.Offset ? range.Offset + length - 1 : (long?)null;
        var part = await _bucket.GetAsync(path, range is null ? null : new RangeHeaderValue(range.Offset, last), generation: null, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
        var stream = new GcsReadStream(_bucket, path, part.Generation, range?.Offset ?? 0, part.Length, settings.Retries);
        stream.ReadFrom(part.Content, range?.Offset ?? 0);
        return stream;
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<PendingBlob>(new GcsPendingBlob(target, _bucket, settings));
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = folder is null ? _bucket.Prefix : $"{_bucket.Key(folder)}/";
        await foreach (var item in _bucket.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (_bucket.TryGetPath(item.Name, out var path)) yield return Describe(path, item);
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => _bucket.DeleteAsync(path, _bucket.Key(path), generation: null, cancellationToken);

    public async Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken) => await CopyGenerationAsync(source, destination, cancellationToken).ConfigureAwait(false);

    /// <summary>First there, then gone here: a reader in between finds it twice rather than never. What was written in its place meanwhile stays.</summary>
    public async Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var moved = await CopyGenerationAsync(source, destination, cancellationToken).ConfigureAwait(false);
        if (source != destination) await _bucket.DeleteAsync(source, _bucket.Key(source), moved.Generation, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (_signer is null) throw new StorageException(StorageErrorKind.Unsupported, "URLs are signed with the key of a service account, which was not given.");
        if (lifetime > LongestLifetime) throw new StorageException(StorageErrorKind.Unsupported, $"A signed URL lives for at most {LongestLifetime.TotalDays:0} days.");

        var template = UrlSigner.RequestTemplate.FromBucket(settings.Bucket).WithObjectName(_bucket.Key(path)).WithHttpMethod(HttpMethod.Get);
        var options = UrlSigner.Options.FromDuration(lifetime).WithSigningVersion(SigningVersion.V4).WithScheme(settings.Endpoint.Scheme).WithHost(settings.Endpoint.Host).WithPort(settings.Endpoint.IsDefaultPort ? null : settings.Endpoint.Port);
        return new Uri(await _signer.SignAsync(template, options, cancellationToken).ConfigureAwait(false));
    }

    public async Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var item in _bucket.ListAsync(_bucket.TemporaryPrefix, cancellationToken).ConfigureAwait(false))
        {
            if (TimeOf(item) >= before) continue;

            await _bucket.DeleteAsync(path: null, item.Name, item.Generation, cancellationToken).ConfigureAwait(false);
            removed++;
        }

        return removed;
    }

    public static BlobInfo Describe(StoragePath path, StoredObject stored) => new(path, (long)(stored.Size ?? 0), TimeOf(stored));

    private static DateTimeOffset TimeOf(StoredObject stored) => stored.TimeCreatedDateTimeOffset?.ToUniversalTime() ?? DateTimeOffset.UnixEpoch;

    /// <returns>What was copied.</returns>
    private async Task<StoredObject> CopyGenerationAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var found = await _bucket.HeadAsync(source, _bucket.Key(source), cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
        if (source != destination) _ = await _bucket.CopyAsync(source, _bucket.Key(source), found.Generation, _bucket.Key(destination), cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
        return found;
    }
}
