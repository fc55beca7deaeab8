using System.Net;
using System.Net.Http.Headers;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>Asks web servers that the operator named for files: each call with its time limit, its errors mapped, and tried again.</summary>
internal sealed class HttpFiles(CallRetries retries) : IDisposable
{
    private const int MostRedirects = 5;
    private const int LongestHeadersKilobytes = 64;

    // Redirects are followed here, because the client would take headers along to other hosts.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = LongestHeadersKilobytes, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "PlaybookBuilder" }, { "Accept-Encoding", "identity" } },
    };

    /// <summary>Null when there is no such file.</summary>
    public Task<BlobInfo?> StatAsync(StoragePath path, HttpTarget target, CancellationToken cancellationToken) => CallAsync(path, async token =>
    {
        using var head = await AskAsync(path, target, HttpMethod.Head, static _ => { }, token).ConfigureAwait(false);
        if (head.StatusCode is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)) return Describe(path, head);

        // Some servers know GET alone; what it sends is left unread.
        using var got = await AskAsync(path, target, HttpMethod.Get, static _ => { }, token).ConfigureAwait(false);
        return Describe(path, got);
    }, cancellationToken);

    /// <summary>The bytes of a file or of a part; null when there is no such file, or another one than the one that is asked for.</summary>
    public Task<HttpPart?> GetAsync(StoragePath path, HttpTarget target, ByteRange? range, HttpIdentity? identity, CancellationToken cancellationToken) => CallAsync(path, async token =>
    {
        var answer = await AskAsync(path, target, HttpMethod.Get, request => Shape(request, range, identity), token).ConfigureAwait(false);
        try
        {
            var part = IsMissing(answer) || answer.StatusCode == HttpStatusCode.PreconditionFailed ? null : await ReadPartAsync(path, answer, range, token).ConfigureAwait(false);
            // A server may know nothing of conditions.
            if (part is not null && (identity is null || part.Identity == identity)) return part;

            answer.Dispose();
            return null;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }, cancellationToken);

    /// <summary>A document of bounded size; null when there is none.</summary>
    public Task<byte[]?> ReadAsync(StoragePath? path, HttpTarget target, int longest, CancellationToken cancellationToken) => CallAsync(path, async token =>
    {
        using var answer = await AskAsync(path, target, HttpMethod.Get, static request => request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json")), token).ConfigureAwait(false);
        if (IsMissing(answer)) return null;
        if (answer.StatusCode != HttpStatusCode.OK) throw HttpErrors.From(answer.StatusCode, path);

        var body = await answer.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, token).ConfigureAwait(false) is > 0 and var count)
            {
                if (bytes.Length + count > longest) throw new StorageException(StorageErrorKind.Failed, $"'{target.Url.Host}' answers with more than {longest} bytes about '{path}'.");
                bytes.Write(buffer, 0, count);
            }

            return bytes.ToArray();
        }
    }, cancellationToken);

    public void Dispose() => _client.Dispose();

    private static void Shape(HttpRequestMessage request, ByteRange? range, HttpIdentity? identity)
    {
        if (range is not null) request.Headers.Range = new RangeHeaderValue(range.Offset, range.Length is { } length && length <= long.MaxValue - range.Offset ? range.Offset + length - 1 : null);
        identity?.Require(request.Headers);
    }

    // A redirect to the same name with a slash behind it is what servers answer for folders.
    private static bool IsMissing(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone || IsRedirect(answer);

    private static bool IsRedirect(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static BlobInfo? Describe(StoragePath path, HttpResponseMessage answer)
    {
        if (IsMissing(answer)) return null;
        if (answer.StatusCode != HttpStatusCode.OK) throw HttpErrors.From(answer.StatusCode, path);

        return new BlobInfo(path, Known(answer.Content.Headers.ContentLength, path), answer.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch);
    }

    private static long Known(long? length, StoragePath path) => length ?? throw new StorageException(StorageErrorKind.Failed, $"The web server does not say how long '{path}' is.");

    private static async Task<HttpPart> ReadPartAsync(StoragePath path, HttpResponseMessage answer, ByteRange? range, CancellationToken cancellationToken)
    {
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent)) throw HttpErrors.From(answer.StatusCode, path);

        var length = Known(answer.Content.Headers.ContentLength, path);
        var isPart = answer.StatusCode == HttpStatusCode.PartialContent;
        if (isPart && answer.Content.Headers.ContentRange?.From != (range?.Offset ?? 0)) throw new StorageException(StorageErrorKind.Failed, $"The web server answered with another part of '{path}' than was asked for.");

        var wanted = range is null || isPart ? length : range.LengthWithin(path, length);
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // A server may know nothing of ranges, and sends all.
        if (range is not null && !isPart) await SkipAsync(body, range.Offset, cancellationToken).ConfigureAwait(false);
        return new HttpPart(body, wanted, HttpIdentity.Of(answer));
    }

    private static async Task SkipAsync(Stream body, long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken).ConfigureAwait(false);
            count -= read > 0 ? read : throw new IOException("The answer was cut off.");
        }
    }

    private Task<T> CallAsync<T>(StoragePath? path, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => retries.RunAsync(
        async token =>
        {
            try
            {
                return await call(token).ConfigureAwait(false);
            }
            catch (Exception error) when (HttpErrors.IsOfTheClient(error))
            {
                throw HttpErrors.From(error, path);
            }
        },
        cancellationToken);

    private async Task<HttpResponseMessage> AskAsync(StoragePath? path, HttpTarget target, HttpMethod method, Action<HttpRequestMessage> shape, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(method, target.Url);
            foreach (var (name, value) in target.Headers) request.Headers.TryAddWithoutValidation(name, value);
            shape(request);
            var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(answer) || answer.Headers.Location is not { } location) return answer;

            var next = new Uri(target.Url, location);
            if (next.AbsolutePath.EndsWith('/')) return answer;

            answer.Dispose();
            if (redirects == MostRedirects) throw new StorageException(StorageErrorKind.Failed, $"'{target.Url.Host}' leads on from one address to the next for '{path}'.");
            if (!IsWeb(next) || (target.Url.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)) throw new StorageException(StorageErrorKind.Failed, $"'{target.Url.Host}' leads to an address without encryption for '{path}'.");
            target = target.To(next);
        }
    }

    private static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp;
}
