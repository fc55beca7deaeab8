using PlaybookBuilder.Core.Storage.Remote;
using StoredObject = Google.Apis.Storage.v1.Data.Object;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>
/// What fits into one chunk is kept in memory and put in one call by the commit. What does not goes up in chunks to a temporary object, whose checksum is compared, and from where the commit
/// has the store copy it: an upload's own object would be seen before anybody has looked whether it arrived whole.
/// </summary>
internal sealed class GcsPendingBlob(WriteTarget target, GcsBucket bucket, GcsSettings settings) : PendingBlob(target)
{
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(30);

    private readonly PartBuffer _buffer = new(settings.ChunkSize);
    private readonly Crc32C _sum = new();
    private string? _temporaryKey;
    private Uri? _session;
    private long _sent;

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_buffer.IsFull) await SendBufferAsync(total: null, cancellationToken).ConfigureAwait(false);

            bytes = bytes[_buffer.Add(bytes.Span)..];
        }
    }

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        var stored = _session is null
            ? await bucket.PutAsync(destination, _buffer, cancellationToken).ConfigureAwait(false)
            : await CommitChunksAsync(destination, cancellationToken).ConfigureAwait(false);
        _buffer.Dispose();
        return GcsStorage.Describe(destination, stored);
    }

    /// <summary>What can't be removed now, because the store is away, is left to <see cref="IStorage.RemoveAbandonedWritesAsync"/>, or ends by itself: the caller wants to hear of the first failure.</summary>
    protected override async ValueTask AbortCoreAsync()
    {
        using var limit = new CancellationTokenSource(AbortLimit);
        try
        {
            if (_session is not null) await bucket.CancelUploadAsync(_session, limit.Token).ConfigureAwait(false);
            if (_temporaryKey is not null) await bucket.DeleteAsync(path: null, _temporaryKey, generation: null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
        }
        finally
        {
            _buffer.Dispose();
        }
    }

    private async Task<StoredObject> CommitChunksAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        var whole = await SendBufferAsync(Length, cancellationToken).ConfigureAwait(false);
        if (whole is null || whole.Size != (ulong)Length || whole.Crc32c != _sum.ToString()) throw new StorageException(StorageErrorKind.Unavailable, $"'{destination}' was damaged on its way to the object store.");

        var copy = await bucket.CopyAsync(destination, whole.Name, whole.Generation, bucket.Key(destination), cancellationToken).ConfigureAwait(false)
            ?? throw new StorageException(StorageErrorKind.Failed, $"The chunks of '{destination}' are gone.");
        await bucket.DeleteAsync(destination, whole.Name, whole.Generation, cancellationToken).ConfigureAwait(false);
        return copy;
    }

    private async Task<StoredObject?> SendBufferAsync(long? total, CancellationToken cancellationToken)
    {
        _temporaryKey ??= bucket.NewTemporaryKey();
        _session ??= await bucket.BeginUploadAsync(path: null, _temporaryKey, cancellationToken).ConfigureAwait(false);
        var stored = await bucket.SendAsync(path: null, _session, _sent, _buffer.Bytes, total, cancellationToken).ConfigureAwait(false);
        _sum.Add(_buffer.Bytes.Span);
        _sent += _buffer.Length;
        _buffer.Clear();
        return stored;
    }
}
