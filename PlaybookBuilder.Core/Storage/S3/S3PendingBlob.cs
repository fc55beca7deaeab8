using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>
/// What fits into one part is kept in memory and put in one call by the commit. What does not goes up in parts while it is written: to its key if that is known, else to a temporary
/// key, from where the commit has the store copy it.
/// </summary>
internal sealed class S3PendingBlob(WriteTarget target, S3Bucket bucket, S3Settings settings, SemaphoreSlim slots) : PendingBlob(target)
{
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(30);

    private PartBuffer _buffer = new(settings.PartSize);
    private S3MultipartUpload? _upload;
    private string? _temporaryKey;

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_buffer.IsFull)
                await SendBufferAsync(cancellationToken).ConfigureAwait(false);

            bytes = bytes[_buffer.Add(bytes.Span)..];
        }
    }

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        var tag = _upload is null ? await PutAsync(destination, cancellationToken).ConfigureAwait(false) : await CompleteAsync(destination, _upload, cancellationToken).ConfigureAwait(false);
        _buffer.Dispose();
        _upload?.Dispose();
        return await DescribeAsync(destination, tag, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What can't be removed now, because the store is away, is left to <see cref="IStorage.RemoveAbandonedWritesAsync"/>: the caller wants to hear of the first failure.</summary>
    protected override async ValueTask AbortCoreAsync()
    {
        using var limit = new CancellationTokenSource(AbortLimit);
        try
        {
            if (_upload is not null)
                await _upload.AbortAsync(limit.Token).ConfigureAwait(false);

            if (_temporaryKey is not null)
                await bucket.DeleteAsync(path: null, _temporaryKey, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
        }
        finally
        {
            _buffer.Dispose();
            _upload?.Dispose();
        }
    }

    private async Task<string> PutAsync(StoragePath destination, CancellationToken cancellationToken) =>
        (await bucket.PutAsync(destination, _buffer, cancellationToken).ConfigureAwait(false)).ETag;

    private async Task<string> CompleteAsync(StoragePath destination, S3MultipartUpload upload, CancellationToken cancellationToken)
    {
        await SendBufferAsync(cancellationToken).ConfigureAwait(false);
        var tag = await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (_temporaryKey is null)
            return tag;

        var copied = await new S3Copy(bucket, settings, slots).RunAsync(destination, _temporaryKey, bucket.Key(destination), tag, Length, cancellationToken).ConfigureAwait(false);
        await bucket.DeleteAsync(destination, _temporaryKey, cancellationToken).ConfigureAwait(false);
        return copied;
    }

    private async Task SendBufferAsync(CancellationToken cancellationToken)
    {
        _upload ??= await S3MultipartUpload.BeginAsync(bucket, WriteKey(), slots, cancellationToken).ConfigureAwait(false);
        await _upload.AddAsync(_buffer, cancellationToken).ConfigureAwait(false);
        _buffer = new PartBuffer(settings.PartSize);
    }

    private string WriteKey() => Target.Name is { } name
        ? bucket.Key(Target.Folder is { } folder ? folder.Append(StoragePath.Parse(name)) : StoragePath.Parse(name))
        : _temporaryKey = bucket.NewTemporaryKey();

    /// <summary>The store's own time of the object, unless another writer has replaced it already or the store can't say now: the blob is there, so that is no failure of the commit.</summary>
    private async Task<BlobInfo> DescribeAsync(StoragePath destination, string tag, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await bucket.HeadAsync(destination, cancellationToken).ConfigureAwait(false);
            if (answer is not null && answer.ETag == tag)
                return S3Storage.Describe(destination, answer.ContentLength, answer.LastModified);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
        }

        return S3Storage.Describe(destination, Length, settings.Retries.Clock.GetUtcNow().UtcDateTime);
    }
}
