using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>The parts of one object on their way, several at a time. Nobody sees them until the upload is completed.</summary>
internal sealed class S3MultipartUpload(S3Bucket bucket, string key, string id, SemaphoreSlim slots) : IDisposable
{
    private const int MostParts = 10_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task<PartETag>> _parts = [];

    public string Key => key;

    public static async Task<S3MultipartUpload> BeginAsync(S3Bucket bucket, string key, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        var answer = await bucket.CallAsync(path: null, (client, token) => client.InitiateMultipartUploadAsync(bucket.Name, key, token), cancellationToken).ConfigureAwait(false);
        return new S3MultipartUpload(bucket, key, answer.UploadId, slots);
    }

    /// <summary>Sends a part in the background and frees its buffer then; waits first until one of the slots is free, which bounds the memory of all uploads together.</summary>
    public async Task AddAsync(PartBuffer bytes, CancellationToken cancellationToken)
    {
        ThrowIfAnyFailed();
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        _parts.Add(SendAsync(bytes, _parts.Count + 1));
    }

    public async Task AddCopyAsync(string sourceKey, string sourceTag, long first, long last, CancellationToken cancellationToken)
    {
        ThrowIfAnyFailed();
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        _parts.Add(CopyAsync(sourceKey, sourceTag, first, last, _parts.Count + 1));
    }

    /// <returns>The entity tag of the object.</returns>
    public async Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(_parts).WaitAsync(cancellationToken).ConfigureAwait(false);
        return await bucket.CallAsync(path: null, async (client, token) =>
        {
            try
            {
                var request = new CompleteMultipartUploadRequest { BucketName = bucket.Name, Key = key, UploadId = id, PartETags = [.. parts] };
                return (await client.CompleteMultipartUploadAsync(request, token).ConfigureAwait(false)).ETag;
            }
            catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchUpload")
            {
                // An earlier try was carried out, but its answer did not arrive.
                return await IsThereAsync(parts, cancellationToken).ConfigureAwait(false) ?? throw new StorageException(StorageErrorKind.Failed, "The parts of the upload are gone.", error);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the parts. Those on their way are let through first: of one that was sent and given up, nobody knows when it arrives, and after the removal it would stay. Only what takes
    /// too long is stopped.
    /// </summary>
    public async Task AbortAsync(CancellationToken cancellationToken)
    {
        await ((Task)Task.WhenAll(_parts)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)Task.WhenAll(_parts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await bucket.AbortUploadAsync(key, id, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (_parts.Count == MostParts)
            throw new StorageException(StorageErrorKind.OutOfSpace, $"A blob has at most {MostParts} parts in this storage.");

        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<PartETag> SendAsync(PartBuffer bytes, int number)
    {
        try
        {
            using (bytes)
            {
                var answer = await bucket.PutPartAsync(path: null, key, id, number, bytes, _stop.Token).ConfigureAwait(false);
                return new PartETag(number, answer.ETag);
            }
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<PartETag> CopyAsync(string sourceKey, string sourceTag, long first, long last, int number)
    {
        try
        {
            var answer = await bucket.CopyPartAsync(new CopyPartRequest
            {
                SourceBucket = bucket.Name,
                SourceKey = sourceKey,
                ETagToMatch = [sourceTag],
                FirstByte = first,
                LastByte = last,
                DestinationBucket = bucket.Name,
                DestinationKey = key,
                UploadId = id,
                PartNumber = number,
            }, _stop.Token).ConfigureAwait(false);
            return new PartETag(number, answer.ETag);
        }
        finally
        {
            slots.Release();
        }
    }

    private void ThrowIfAnyFailed()
    {
        if (_parts.Find(static part => part.IsFaulted) is { } failed)
            failed.GetAwaiter().GetResult();
    }

    private async Task<string?> IsThereAsync(IEnumerable<PartETag> parts, CancellationToken cancellationToken)
    {
        var answer = await bucket.HeadAsync(path: null, key, cancellationToken).ConfigureAwait(false);
        return answer is not null && answer.ETag.Trim('"') == TagOf(parts) ? answer.ETag : null;
    }

    /// <summary>The tag that S3 gives an object of parts: the MD5 of their MD5s, and their number.</summary>
    private static string? TagOf(IEnumerable<PartETag> parts)
    {
        try
        {
            var digests = parts.Select(part => Convert.FromHexString(part.ETag.Trim('"'))).ToList();
            return $"{Convert.ToHexStringLower(MD5.HashData(digests.SelectMany(static digest => digest).ToArray()))}-{digests.Count}";
        }
        catch (FormatException)
        {
            // With keys of its own (SSE-KMS, SSE-C) the store makes tags that can't be foretold.
            return null;
        }
    }
}
