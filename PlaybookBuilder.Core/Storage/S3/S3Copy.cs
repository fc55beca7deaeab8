using Amazon.S3.Model;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>Copies an object within its bucket without moving its bytes through this machine.</summary>
internal sealed class S3Copy(S3Bucket bucket, S3Settings settings, SemaphoreSlim slots)
{
    /// <param name="path">What errors call it.</param>
    /// <param name="sourceTag">Of the object that is meant: parts of one that replaced it meanwhile are not joined to it.</param>
    /// <returns>The entity tag of the copy.</returns>
    public Task<string> RunAsync(StoragePath path, string sourceKey, string destinationKey, string sourceTag, long size, CancellationToken cancellationToken) => size <= settings.CopyPartSize
        ? InOneAsync(path, sourceKey, destinationKey, cancellationToken)
        : InPartsAsync(sourceKey, destinationKey, sourceTag, size, cancellationToken);

    private async Task<string> InOneAsync(StoragePath path, string sourceKey, string destinationKey, CancellationToken cancellationToken)
    {
        var request = new CopyObjectRequest { SourceBucket = bucket.Name, SourceKey = sourceKey, DestinationBucket = bucket.Name, DestinationKey = destinationKey };
        return (await bucket.CallAsync(path, (client, token) => client.CopyObjectAsync(request, token), cancellationToken).ConfigureAwait(false)).ETag;
    }

    private async Task<string> InPartsAsync(string sourceKey, string destinationKey, string sourceTag, long size, CancellationToken cancellationToken)
    {
        using var upload = await S3MultipartUpload.BeginAsync(bucket, destinationKey, slots, cancellationToken).ConfigureAwait(false);
        try
        {
            for (var first = 0L; first < size; first += settings.CopyPartSize)
                await upload.AddCopyAsync(sourceKey, sourceTag, first, Math.Min(first + settings.CopyPartSize, size) - 1, cancellationToken).ConfigureAwait(false);

            return await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            await upload.AbortAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
