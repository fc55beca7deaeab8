using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google;
using Google.Apis.Storage.v1;
using Google.Cloud.Storage.V1;
using PlaybookBuilder.Core.Storage.Remote;
using StoredObject = Google.Apis.Storage.v1.Data.Object;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>
/// The calls of a bucket, each with its time limit, its errors mapped, and tried again. Google's client signs them; bytes are sent and read in its JSON API's own form, because the client
/// takes them from a stream that it pulls, and here they are pushed.
/// </summary>
internal sealed class GcsBucket(GcsSettings settings)
{
    // All below one name, so that looking for what was left needs no walk through the whole store. No path can have it.
    private const string TemporaryFolder = $"{StoragePath.ReservedPrefix}writes/";

    private const string GenerationHeader = "x-goog-generation";
    private const int LongestComplaint = 4_000;

    // Cancelled, as the protocol has it.
    private const HttpStatusCode UploadCancelled = (HttpStatusCode)499;

    // A failure is not remembered: what tells the machine's credentials may be away for a moment.
    private readonly Lazy<StorageService> _service = new(() => Connect(settings), LazyThreadSafetyMode.PublicationOnly);

    public string Prefix { get; } = settings.Root is { } root ? $"{root}/" : "";

    public string TemporaryPrefix => Prefix + TemporaryFolder;

    public string Key(StoragePath path) => Prefix + path.Value;

    public string NewTemporaryKey() => TemporaryPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The path of an object's name, or none for temporary ones and those that somebody else put there under names that are no paths.</summary>
    public bool TryGetPath(string key, [NotNullWhen(true)] out StoragePath? path)
    {
        path = null;
        return key.StartsWith(Prefix, StringComparison.Ordinal) && StoragePath.TryParse(key[Prefix.Length..], out path);
    }

    /// <summary>Null when there is no such object.</summary>
    public Task<StoredObject?> HeadAsync(StoragePath path, string key, CancellationToken cancellationToken) =>
        CallAsync(path, (service, token) => UnlessMissingAsync(() => service.Objects.Get(settings.Bucket, key).ExecuteAsync(token)), cancellationToken);

    /// <summary>The bytes of a part; null when there is no such object, or no longer the generation that is asked for.</summary>
    public Task<GcsPart?> GetAsync(StoragePath path, RangeHeaderValue? range, long? generation, CancellationToken cancellationToken) => CallAsync(path, async (service, token) =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{service.BaseUri}b/{settings.Bucket}/o/{Uri.EscapeDataString(Key(path))}?alt=media{(generation is null ? "" : $"&generation={generation}")}");
        request.Headers.Range = range;
        var answer = await service.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
        try
        {
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent) return await ReadPartAsync(path, answer, token).ConfigureAwait(false);

            var complaint = await ReadComplaintAsync(answer, token).ConfigureAwait(false);
            if (!GcsErrors.IsMissing(answer.StatusCode, complaint)) throw GcsErrors.From(answer.StatusCode, complaint, path);

            answer.Dispose();
            return null;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }, cancellationToken);

    /// <summary>Puts an object in one call, with its checksum, which the store looks at before it shows it.</summary>
    public Task<StoredObject> PutAsync(StoragePath path, PartBuffer bytes, CancellationToken cancellationToken) => CallAsync(path, async (service, token) =>
    {
        using var body = new MultipartContent("related")
        {
            Metadata(new { name = Key(path), crc32c = Crc32C.Of(bytes.Bytes.Span), contentType = "application/octet-stream" }),
            Octets(bytes.Bytes),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{UploadAddress}?uploadType=multipart") { Content = body };
        using var answer = await service.HttpClient.SendAsync(request, token).ConfigureAwait(false);
        return await ReadObjectAsync(service, path, answer, token).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Begins an upload that comes in chunks.</summary>
    /// <returns>Its address.</returns>
    public Task<Uri> BeginUploadAsync(StoragePath? path, string key, CancellationToken cancellationToken) => CallAsync(path, async (service, token) =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{UploadAddress}?uploadType=resumable") { Content = Metadata(new { name = key, contentType = "application/octet-stream" }) };
        using var answer = await service.HttpClient.SendAsync(request, token).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK || answer.Headers.Location is not { } session) throw GcsErrors.From(answer.StatusCode, await ReadComplaintAsync(answer, token).ConfigureAwait(false), path);

        return session;
    }, cancellationToken);

    /// <summary>Sends a chunk. A further try asks first how much of it has arrived.</summary>
    /// <param name="total">The length of the whole, with the last chunk.</param>
    /// <returns>The object, after the last chunk.</returns>
    public Task<StoredObject?> SendAsync(StoragePath? path, Uri session, long offset, ReadOnlyMemory<byte> bytes, long? total, CancellationToken cancellationToken)
    {
        var isFirst = true;
        return CallAsync(path, async (service, token) =>
        {
            var (arrived, done) = isFirst ? (offset, null) : await AskAsync(service, path, session, total, token).ConfigureAwait(false);
            isFirst = false;
            while (done is null && arrived < offset + bytes.Length)
            {
                var rest = bytes[(int)(arrived - offset)..];
                var before = arrived;
                (arrived, done) = await PutAsync(service, path, session, Octets(rest), new ContentRangeHeaderValue(arrived, arrived + rest.Length - 1), total, token).ConfigureAwait(false);
                if (done is null && arrived <= before) throw new StorageException(StorageErrorKind.Unavailable, "The object store took nothing of a chunk.");
            }

            return done is null && total is not null ? throw new StorageException(StorageErrorKind.Unavailable, "The object store has all bytes, and no object yet.") : done;
        }, cancellationToken);
    }

    /// <summary>Ends an upload that is not wanted any more, whatever has become of it.</summary>
    public Task CancelUploadAsync(Uri session, CancellationToken cancellationToken) => CallAsync(path: null, async (service, token) =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, session);
        using var answer = await service.HttpClient.SendAsync(request, token).ConfigureAwait(false);
        return answer.IsSuccessStatusCode || answer.StatusCode is UploadCancelled or HttpStatusCode.NotFound or HttpStatusCode.Gone
            ? true
            : throw GcsErrors.From(answer.StatusCode, await ReadComplaintAsync(answer, token).ConfigureAwait(false), path: null);
    }, cancellationToken);

    /// <summary>Copies a generation on the server. Null when it is gone.</summary>
    public Task<StoredObject?> CopyAsync(StoragePath path, string source, long? generation, string destination, CancellationToken cancellationToken) => CallAsync(path, (service, token) => UnlessMissingAsync(async () =>
    {
        var request = service.Objects.Rewrite(new StoredObject(), settings.Bucket, source, settings.Bucket, destination);
        request.SourceGeneration = generation;
        while (true)
        {
            var answer = await request.ExecuteAsync(token).ConfigureAwait(false);
            if (answer.Done == true) return answer.Resource;

            request.RewriteToken = answer.RewriteToken;
        }
    }), cancellationToken);

    /// <param name="generation">Only this one: another that took its place meanwhile stays.</param>
    public Task DeleteAsync(StoragePath? path, string key, long? generation, CancellationToken cancellationToken) => CallAsync(path, async (service, token) =>
    {
        var request = service.Objects.Delete(settings.Bucket, key);
        request.IfGenerationMatch = generation;
        try
        {
            return await UnlessMissingAsync(() => request.ExecuteAsync(token)).ConfigureAwait(false);
        }
        catch (GoogleApiException error) when (error.HttpStatusCode == HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
    }, cancellationToken);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await CallAsync(path: null, (service, token) =>
            {
                var request = service.Objects.List(settings.Bucket);
                (request.Prefix, request.PageToken) = (prefix, next);
                return request.ExecuteAsync(token);
            }, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            next = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    private string UploadAddress => $"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/upload/storage/v1/b/{settings.Bucket}/o";

    private static StorageService Connect(GcsSettings settings)
    {
        var builder = new StorageClientBuilder
        {
            BaseUri = $"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/storage/v1/",
            UnauthenticatedAccess = settings.IsAnonymous,
            Credential = settings.Account,
        };
        try
        {
            var service = builder.Build().Service;
            // Limits are CallRetries'.
            service.HttpClient.Timeout = Timeout.InfiniteTimeSpan;
            return service;
        }
        catch (InvalidOperationException error)
        {
            throw new StorageException(StorageErrorKind.AccessDenied, "There are no credentials for the object store: give 'credentials_file', or set GOOGLE_APPLICATION_CREDENTIALS.", error);
        }
    }

    private static StringContent Metadata(object metadata) => new(JsonSerializer.Serialize(metadata), Encoding.UTF8, "application/json");

    private static ReadOnlyMemoryContent Octets(ReadOnlyMemory<byte> bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    private static async Task<GcsPart> ReadPartAsync(StoragePath path, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength is not { } length || !answer.Headers.TryGetValues(GenerationHeader, out var values) || !long.TryParse(values.First(), out var generation))
            throw new StorageException(StorageErrorKind.Failed, $"The object store does not say how long '{path}' is, or which of its generations it sends.");

        return new GcsPart(await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), length, generation);
    }

    private static async Task<StoredObject> ReadObjectAsync(StorageService service, StoragePath? path, HttpResponseMessage answer, CancellationToken cancellationToken) => answer.IsSuccessStatusCode
        ? await service.DeserializeResponse<StoredObject>(answer).ConfigureAwait(false)
        : throw GcsErrors.From(answer.StatusCode, await ReadComplaintAsync(answer, cancellationToken).ConfigureAwait(false), path);

    private static async Task<string> ReadComplaintAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var bytes = new byte[LongestComplaint];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        try
        {
            using var complaint = JsonDocument.Parse(bytes.AsMemory(0, count));
            return complaint.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) ? $"{message}" : "";
        }
        catch (JsonException)
        {
            // What stands before the store says it in its own words.
            return Encoding.UTF8.GetString(bytes, 0, count);
        }
    }

    private static Task<(long Arrived, StoredObject? Done)> AskAsync(StorageService service, StoragePath? path, Uri session, long? total, CancellationToken cancellationToken) =>
        PutAsync(service, path, session, Octets(default), range: null, total, cancellationToken);

    private static async Task<(long Arrived, StoredObject? Done)> PutAsync(StorageService service, StoragePath? path, Uri session, HttpContent content, ContentRangeHeaderValue? range, long? total, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, session) { Content = content };
        content.Headers.TryAddWithoutValidation("Content-Range", $"bytes {(range is null ? "*" : $"{range.From}-{range.To}")}/{(total is null ? "*" : $"{total}")}");
        using var answer = await service.HttpClient.SendAsync(request, cancellationToken).ConfigureAwait(false);
        // 308 means here that more is to come; its Range says what has arrived, and is missing as long as nothing has.
        if (answer.StatusCode != HttpStatusCode.PermanentRedirect) return (0, await ReadObjectAsync(service, path, answer, cancellationToken).ConfigureAwait(false));

        var arrived = answer.Headers.TryGetValues("Range", out var values) && long.TryParse(values.First().Split('-')[^1], out var last) ? last + 1 : 0;
        return (arrived, null);
    }

    private static async Task<T?> UnlessMissingAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (GoogleApiException error) when (GcsErrors.IsMissing(error.HttpStatusCode, error.Error?.Message ?? ""))
        {
            return null;
        }
    }

    private Task<T> CallAsync<T>(StoragePath? path, Func<StorageService, CancellationToken, Task<T>> call, CancellationToken cancellationToken) => settings.Retries.RunAsync(
        async token =>
        {
            try
            {
                return await call(_service.Value, token).ConfigureAwait(false);
            }
            catch (Exception error) when (GcsErrors.IsOfTheClient(error))
            {
                throw GcsErrors.From(error, path);
            }
        },
        cancellationToken);
}
