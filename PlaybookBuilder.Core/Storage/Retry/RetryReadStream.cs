using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Retry;

/// <summary>A blob of another storage, opened again where reading failed, as long as it is the same blob.</summary>
internal sealed class RetryReadStream(IStorage inner, BlobInfo opened, long offset, long length, CallRetries retries) : RemoteReadStream(opened.Path, offset, length, retries)
{
    protected override async Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken)
    {
        if (await inner.StatAsync(Path, cancellationToken).ConfigureAwait(false) != opened)
            throw Replaced();

        return await inner.OpenReadAsync(Path, new ByteRange(position, End - position), cancellationToken).ConfigureAwait(false);
    }

    protected override StorageException Map(Exception error) => new(StorageErrorKind.Failed, $"Reading '{Path}' failed.", error);
}
