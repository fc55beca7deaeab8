using System.Globalization;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>Uploads in parts: begun, each part put to a signed address at another host and reported, completed or aborted.</summary>
public sealed class SevenBridgesUploads
{
    private readonly SevenBridgesApi _api;

    internal SevenBridgesUploads(SevenBridgesApi api) => _api = api;

    /// <param name="partSize">What is preferred, from 5 MiB to 5 GiB; the answer says what it is.</param>
    /// <param name="isOverwriting">Whether a file of that name is replaced, once this one is complete; otherwise a name that is taken is refused.</param>
    public async Task<SevenBridgesUpload> BeginAsync(SevenBridgesPlace place, string name, long size, long partSize, bool isOverwriting, CancellationToken cancellationToken)
    {
        var body = new Dictionary<string, object>(place.ToBody()) { ["name"] = name, ["size"] = size, ["part_size"] = partSize };
        // One whose answer was lost stays as an upload that nobody completes.
        var upload = await _api.SendAsync<SevenBridgesUpload>(HttpMethod.Post, $"upload/multipart?overwrite={(isOverwriting ? "true" : "false")}", body, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        return upload is { UploadId.Length: > 0, PartSize: > 0 } && (size - 1) / upload.PartSize < SevenBridgesUpload.MostParts ? upload : throw SevenBridgesErrors.Malformed();
    }

    /// <summary>Sends one part and reports it. The bytes of a try that failed are sent again, to an address that is signed anew.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="open">A new stream of the bytes for every try.</param>
    public async Task PutPartAsync(SevenBridgesUpload upload, int number, long length, Func<Stream> open, CancellationToken cancellationToken)
    {
        var headers = await _api.Limits.RunAsync(isRepeatable: true, async token =>
        {
            var ticket = await _api.GetAsync<PartTicket>($"{PathOf(upload.UploadId)}/part/{number.ToString(CultureInfo.InvariantCulture)}", token).ConfigureAwait(false);
            return await ticket.PutAsync(length, open, _api.IsLocal, _api.Limits, token).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        var report = new Dictionary<string, object> { ["part_number"] = number, ["response"] = new Dictionary<string, object> { ["headers"] = headers } };
        await _api.SendAsync(HttpMethod.Post, $"{PathOf(upload.UploadId)}/part", report, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the file of the parts. When an answer was lost, the next try finds no upload any more (<see cref="SevenBridgesErrorKind.NotFound"/>): whether the file is there must then be looked up.</summary>
    public Task<SevenBridgesFile> CompleteAsync(SevenBridgesUpload upload, CancellationToken cancellationToken) =>
        _api.SendAsync<SevenBridgesFile>(HttpMethod.Post, $"{PathOf(upload.UploadId)}/complete", new Dictionary<string, object>(), isRepeatable: true, cancellationToken);

    /// <summary>Removes the parts; an upload that is completed or aborted already is no error.</summary>
    public async Task AbortAsync(string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            await _api.SendAsync(HttpMethod.Delete, PathOf(uploadId), body: null, cancellationToken).ConfigureAwait(false);
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.NotFound)
        {
            // As it should be.
        }
    }

    /// <summary>The uploads of the token's owner that are going on, in all projects.</summary>
    public IAsyncEnumerable<SevenBridgesUpload> ListAsync(CancellationToken cancellationToken) =>
        _api.ListAsync<SevenBridgesUpload>("upload/multipart", static upload => upload.UploadId, cancellationToken);

    /// <summary>Null when it was completed or aborted.</summary>
    public Task<SevenBridgesUpload?> FindAsync(string uploadId, CancellationToken cancellationToken) => _api.FindAsync<SevenBridgesUpload>(PathOf(uploadId), cancellationToken);

    private static string PathOf(string uploadId) => $"upload/multipart/{SevenBridgesApi.Escape(uploadId)}";
}
