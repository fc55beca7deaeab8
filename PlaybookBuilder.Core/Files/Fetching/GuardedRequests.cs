using System.Net;
using System.Net.Http.Headers;

namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>Asks for URLs that users give: every one that a redirect leads to is looked at as the first was.</summary>
internal sealed class GuardedRequests(GuardedConnections connections, TimeProvider time) : IDisposable
{
    private const int MostRedirects = 5;
    private const int MostTries = 3;

    private static readonly TimeSpan LongestAnswering = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly HttpClient _client = connections.NewClient();

    /// <param name="headers">Headers for the host of this URL alone; none of them goes to another.</param>
    /// <param name="range">From which byte on, of what has this tag; null for all.</param>
    /// <returns>An answer with 200 or 206, and its body still to come.</returns>
    /// <exception cref="FetchException">There is no such answer.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var answer = await TryAsync(FetchUrl.Check(url), headers, range, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode) return answer;

            using (answer)
            {
                if (!IsRedirect(answer.StatusCode) || answer.Headers.Location is not { } location) throw NotGiven(url, answer.StatusCode);
                if (redirects == MostRedirects) throw new FetchException(FetchProblem.NotGiven, $"'{url.Host}' leads on from one address to the next.");

                var next = new Uri(url, location);
                if (url.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp) throw new FetchException(FetchProblem.Refused, $"'{url.Host}' leads to an address without encryption.");
                if (next.Authority != url.Authority) headers = [];
                url = next;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static FetchException NotGiven(Uri url, HttpStatusCode status) => new(FetchProblem.NotGiven, status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => $"'{url.Host}' has no such file ({(int)status}).",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"'{url.Host}' does not give this file to everybody ({(int)status}). Download it yourself and upload it.",
        _ => $"'{url.Host}' answered {(int)status} instead of with the file.",
    });

    private static HttpRequestMessage Request(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, (long From, EntityTagHeaderValue Tag)? range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (range is var (from, tag))
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        return request;
    }

    private async Task<HttpResponseMessage> TryAsync(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = await SendAsync(url, headers, range, cancellationToken).ConfigureAwait(false);
                if (tries == MostTries || !MayPass(answer.StatusCode)) return answer;

                answer.Dispose();
            }
            catch (HttpRequestException error) when (error.InnerException is FetchException refused)
            {
                // What the connection was refused for.
                throw refused;
            }
            catch (HttpRequestException error)
            {
                if (tries == MostTries) throw new FetchException(FetchProblem.Unreachable, $"'{url.Host}' can't be reached.", error);
            }

            await Task.Delay(BetweenTries * tries, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken)
    {
        using var request = Request(url, headers, range);
        using var limit = new CancellationTokenSource(LongestAnswering, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FetchException(FetchProblem.TooSlow, $"'{url.Host}' does not answer.", error);
        }
    }
}
