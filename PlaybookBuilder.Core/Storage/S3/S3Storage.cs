using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>Blobs as objects of a bucket, or of a part of it, in S3 or a store that speaks its protocol.</summary>
internal sealed class S3Storage(S3Settings settings) : IStorage
{
    // With a part in each and one more for every writer, so many times the part size is what uploads take of the memory.
    private const int ParallelParts = 6;

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(7);

    private readonly S3Bucket _bucket = new(settings);
    private readonly SemaphoreSlim _slots = new(ParallelParts);

    public StorageCapabilities Capabilities { get; } = new(SeekableReads: true, SignedReadUrls: true, SnapshotReads: false) { Cloud = settings.Endpoint is null ? "aws" : null };

    public async Task<BlobInfo?> StatAsync(StoragePath path, CancellationToken cancellationToken) =>
        await _bucket.HeadAsync(path, cancellationToken).ConfigureAwait(false) is { } answer ? Describe(path, answer.ContentLength, answer.LastModified) : null;

    public async Task<Stream> OpenReadAsync(StoragePath path, ByteRange? range, CancellationToken cancellationToken)
    {
        var last = range?.Length is { } length && length <= long.MaxValue - range.Offset ? range.Offset + length - 1 : (long?)null;
        var answer = await _bucket.GetAsync(path, range?.Offset, last, identity: null, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(path);
        var stream = new S3ReadStream(_bucket, path, new S3ObjectIdentity(answer.ETag, answer.VersionId), range?.Offset ?? 0, answer.ContentLength, settings.Retries);
        stream.ReadFrom(answer.ResponseStream, range?.Offset ?? 0);
        return stream;
    }

    public Task<PendingBlob> BeginWriteAsync(WriteTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<PendingBlob>(new S3PendingBlob(target, _bucket, settings, _slots));
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = folder is null ? _bucket.Prefix : $"{_bucket.Key(folder)}/";
        await foreach (var item in _bucket.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (_bucket.TryGetPath(item.Key, out var path))
                yield return Describe(path, item.Size ?? 0, item.LastModified);
        }
    }

    public Task DeleteAsync(StoragePath path, CancellationToken cancellationToken) => _bucket.DeleteAsync(path, _bucket.Key(path), cancellationToken);

    public async Task CopyAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        var answer = await _bucket.HeadAsync(source, cancellationToken).ConfigureAwait(false) ?? throw StorageException.NotFound(source);
        if (source != destination)
            await new S3Copy(_bucket, settings, _slots).RunAsync(source, _bucket.Key(source), _bucket.Key(destination), answer.ETag, answer.ContentLength, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>First there, then gone here: a reader in between finds it twice rather than never.</summary>
    public async Task MoveAsync(StoragePath source, StoragePath destination, CancellationToken cancellationToken)
    {
        await CopyAsync(source, destination, cancellationToken).ConfigureAwait(false);
        if (source != destination)
            await DeleteAsync(source, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Uri> SignReadUrlAsync(StoragePath path, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (lifetime > LongestLifetime)
            throw new StorageException(StorageErrorKind.Unsupported, $"A signed URL lives for at most {LongestLifetime.TotalDays:0} days.");

        return new Uri(await _bucket.SignAsync(path, lifetime).WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<int> RemoveAbandonedWritesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var item in _bucket.ListAsync(_bucket.TemporaryPrefix, cancellationToken).ConfigureAwait(false))
        {
            if (item.LastModified?.ToUniversalTime() >= before.UtcDateTime)
                continue;

            await _bucket.DeleteAsync(path: null, item.Key, cancellationToken).ConfigureAwait(false);
            removed++;
        }

        await foreach (var upload in _bucket.ListUploadsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await _bucket.LastTouchedAsync(upload, cancellationToken).ConfigureAwait(false) >= before.UtcDateTime)
                continue;

            await _bucket.AbortUploadAsync(upload.Key, upload.UploadId, cancellationToken).ConfigureAwait(false);
            removed++;
        }

        return removed;
    }

    /// <summary>In whole seconds, as the header of a single object has it; some stores list finer times.</summary>
    public static BlobInfo Describe(StoragePath path, long size, DateTime? modifiedAt)
    {
        var utc = (modifiedAt ?? DateTime.UnixEpoch).ToUniversalTime();
        return new BlobInfo(path, size, new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero));
    }
}
