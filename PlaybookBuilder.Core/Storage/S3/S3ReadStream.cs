using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>
/// An object as it was at its first answer. That answer goes on although the object is replaced or deleted; what is opened anew asks for the same version where the bucket keeps
/// versions, and otherwise for the same entity tag, so that bytes of two objects are never joined.
/// </summary>
internal sealed class S3ReadStream(S3Bucket bucket, StoragePath path, S3ObjectIdentity identity, long offset, long length, CallRetries retries) : RemoteReadStream(path, offset, length, retries)
{
    protected override async Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken)
    {
        var answer = await bucket.GetAsync(Path, position, End - 1, identity, cancellationToken).ConfigureAwait(false);
        return answer?.ResponseStream ?? throw Replaced();
    }

    protected override StorageException Map(Exception error) => S3Errors.From(error, Path);
}
