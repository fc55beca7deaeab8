using Azure;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Azure;

/// <summary>A blob as it was at its first answer, which goes on although the blob is replaced or deleted; what is opened anew asks for the same entity tag.</summary>
internal sealed class AzureReadStream(AzureContainer container, StoragePath path, ETag tag, long offset, long length, CallRetries retries) : RemoteReadStream(path, offset, length, retries)
{
    protected override async Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken)
    {
        var answer = await container.GetAsync(Path, new HttpRange(position, End - position), tag, cancellationToken).ConfigureAwait(false);
        return answer?.Content ?? throw Replaced();
    }

    protected override StorageException Map(Exception error) => AzureErrors.From(error, Path);
}
