using System.Net;
using System.Net.Http.Headers;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>
/// A file as it was when it was opened: what replaces a file has another id, and the bytes are asked for by the id and the entity tag of the first answer. They come from signed addresses, which expire and are then
/// fetched anew.
/// </summary>
internal sealed class SbfsReadStream(SevenBridgesClient client, StoragePath path, string id, long size, long offset, long length, CallRetries retries) : RemoteReadStream(path, offset, length, retries)
{
    private Uri? _address;
    private EntityTagHeaderValue? _tag;

    /// <summary>Opens the first answer, so that it is there when the file is not any more.</summary>
    /// <returns>Whether there is such a file still.</returns>
    public async Task<bool> TryOpenAsync(CallRetries tries, CancellationToken cancellationToken)
    {
        if (Length == 0)
            return true;

        var answer = await tries.RunAsync(token => TryOpenAtAsync(End - Length, token), cancellationToken).ConfigureAwait(false);
        if (answer is not null)
            ReadFrom(answer, End - Length);

        return answer is not null;
    }

    protected override async Task<Stream> OpenAtAsync(long position, CancellationToken cancellationToken) => await TryOpenAtAsync(position, cancellationToken).ConfigureAwait(false) ?? throw Replaced();

    protected override StorageException Map(Exception error) => new(StorageErrorKind.Unavailable, $"The answer for '{Path}' was cut off.", error);

    /// <summary>Null when there is no such file any more.</summary>
    private async Task<Stream?> TryOpenAtAsync(long position, CancellationToken cancellationToken)
    {
        var isNew = _address is null;
        if (isNew && !await TryFetchAddressAsync(cancellationToken).ConfigureAwait(false))
            return null;

        var answer = await AskAsync(position, cancellationToken).ConfigureAwait(false);
        if (!isNew && IsRefused(answer.StatusCode))
        {
            answer.Dispose();
            if (!await TryFetchAddressAsync(cancellationToken).ConfigureAwait(false))
                return null;

            answer = await AskAsync(position, cancellationToken).ConfigureAwait(false);
        }

        return await TakeAsync(answer, position, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryFetchAddressAsync(CancellationToken cancellationToken)
    {
        try
        {
            _address = await client.Files.GetDownloadUrlAsync(id, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.NotFound)
        {
            return false;
        }
        catch (SevenBridgesException error)
        {
            throw SbfsErrors.From(error, Path);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(long position, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.Range = new RangeHeaderValue(position, End - 1);
        if (_tag is not null)
            request.Headers.IfMatch.Add(_tag);

        try
        {
            return await PlatformConnections.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new StorageException(StorageErrorKind.Unavailable, $"The host of the bytes can't be reached for '{Path}'.", error);
        }
    }

    /// <summary>As object stores answer to an address that has expired; S3 has more than one status for it.</summary>
    private static bool IsRefused(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone;

    private async Task<Stream?> TakeAsync(HttpResponseMessage answer, long position, CancellationToken cancellationToken)
    {
        // A whole file is an answer to a range too (RFC 9110, 14.2), and the right one from its beginning to its end.
        var isWhole = answer.StatusCode == HttpStatusCode.OK && position == 0 && answer.Content.Headers.ContentLength is { } whole && whole == size;
        var isPart = answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange is { From: { } from, Length: { } total } && from == position && total == size;
        if (isWhole || isPart)
        {
            if (answer.Headers.ETag is { IsWeak: false } tag)
                _tag ??= tag;

            return await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        }

        answer.Dispose();
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => null,
            HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable => throw Replaced(),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => throw Refusal(StorageErrorKind.Unavailable, answer.StatusCode),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw Refusal(StorageErrorKind.AccessDenied, answer.StatusCode),
            _ => throw Refusal(StorageErrorKind.Failed, answer.StatusCode),
        };
    }

    private StorageException Refusal(StorageErrorKind kind, HttpStatusCode status) => new(kind, $"The host of the bytes answered {(int)status} for '{Path}', or with other bytes than were asked for.");
}
