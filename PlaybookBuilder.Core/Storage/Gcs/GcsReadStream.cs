using System.Net.Http.Headers;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>An object as it was at its first answer, which goes on although the object is replaced or deleted; what is opened anew asks for the same generation, which the bucket may have kept.</summary>
internal sealed class GcsReadStream(GcsBucket bucket, StoragePath path, long generation, long offset, long length, CallRetries retries) : RemoteReadStream(path, offset, length, retries)
{
    protected override async Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken)
    {
        var part = await bucket.GetAsync(Path, new RangeHeaderValue(position, End - 1), generation, cancellationToken).ConfigureAwait(false);
        return part?.Content ?? throw Replaced();
    }

    protected override StorageException Map(Exception error) => GcsErrors.From(error, Path);
}
