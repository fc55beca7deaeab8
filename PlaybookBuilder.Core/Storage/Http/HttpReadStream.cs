using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>A file as it was at its first answer. What is opened anew asks for the same entity tag; where the server gives none that counts, it is not opened anew.</summary>
/// <param name="open">Asks for the file anew, from a position to the end: null when it is another by now, or gone.</param>
internal sealed class HttpReadStream(StoragePath path, Func<ByteRange, CancellationToken, Task<HttpPart?>> open, long offset, long length, CallRetries retries) : RemoteReadStream(path, offset, length, retries)
{
    protected override async Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken)
    {
        var part = await open(new ByteRange(position, End - position), cancellationToken).ConfigureAwait(false) ?? throw Replaced();
        if (part.Length == End - position) return part.Content;

        await part.Content.DisposeAsync().ConfigureAwait(false);
        throw Replaced();
    }

    protected override StorageException Map(Exception error) => HttpErrors.From(error, Path);
}
