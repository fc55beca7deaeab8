using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>Sends calls to the API, and nothing but these with the token: each with its limit, within the rate limit, tried again where that is safe, its error mapped.</summary>
internal sealed partial class SevenBridgesApi
{
    private const string TokenHeader = "X-SBG-Auth-Token";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private readonly SevenBridgesSettings _settings;
    private readonly ILogger _logger;
    private readonly RateLimit _rate;
    private readonly Uri _root;

    public SevenBridgesApi(SevenBridgesSettings settings, ILogger logger)
    {
        if (SevenBridgesSettings.Problem(settings.Endpoint, settings.Token) is { } problem)
            throw new ArgumentException($"{char.ToUpperInvariant(problem[0])}{problem[1..]}.", nameof(settings));

        (_settings, _logger) = (settings, logger);
        var path = settings.Endpoint.AbsolutePath.TrimEnd('/');
        _root = new UriBuilder(settings.Endpoint) { Path = path.EndsWith("/v2", StringComparison.Ordinal) ? $"{path}/" : $"{path}/v2/" }.Uri;
        _rate = RateLimit.Of(_root, settings.Token, settings.Limits.Clock);
    }

    public CallLimits Limits => _settings.Limits;

    /// <summary>Whether this platform is one of this machine, where signed addresses need no TLS.</summary>
    public bool IsLocal => _root.IsLoopback;

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Get, path, body: null, isRepeatable: true, cancellationToken);

    /// <param name="isRepeatable">Whether doing it twice is the same as once.</param>
    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken) =>
        Limits.RunAsync(isRepeatable, async token => (await SendOnceAsync<T>(method, path, body, token).ConfigureAwait(false)).Value, cancellationToken);

    /// <summary>A call whose answer says nothing but that it was done.</summary>
    public Task SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) => SendAsync<JsonElement?>(method, path, body, isRepeatable: true, cancellationToken);

    /// <summary>Null when what is asked for does not exist.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync<T>(path, cancellationToken).ConfigureAwait(false);
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// All entries of a listing, page by page, each once. Pages count from the beginning: where entries come or go meanwhile, the rest moves. The platform tells how many there are, and when that
    /// changes between two pages the pages are gone through again.
    /// </summary>
    public async IAsyncEnumerable<T> ListAsync<T>(string path, Func<T, string> key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int MostRounds = 5;
        var seen = new HashSet<string>();
        for (var round = 1; round <= MostRounds; round++)
        {
            var (offset, firstTotal, isSteady) = (0L, (long?)null, true);
            while (true)
            {
                var (page, total) = await ListPartAsync<T>(path, offset, _settings.PageSize, cancellationToken).ConfigureAwait(false);
                firstTotal ??= total;
                isSteady &= total == firstTotal;
                foreach (var item in page)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (seen.Add(key(item)))
                        yield return item;
                }

                offset += page.Count;
                if (page.Count == 0 || (total is null ? page.Count < _settings.PageSize : offset >= total))
                    break;
            }

            if (isSteady)
                yield break;
        }
    }

    /// <summary>One page of a listing.</summary>
    /// <returns>Its entries, and how many there are in all where the platform says so.</returns>
    public async Task<(IReadOnlyList<T> Items, long? Total)> ListPartAsync<T>(string path, long offset, int limit, CancellationToken cancellationToken)
    {
        var address = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}offset={offset}&limit={limit}";
        var (page, total) = await Limits.RunAsync(isRepeatable: true, token => SendOnceAsync<Page<T>>(HttpMethod.Get, address, body: null, token), cancellationToken).ConfigureAwait(false);
        return (page.Items ?? throw SevenBridgesErrors.Malformed(), total);
    }

    /// <summary>A text as a part of a path or query.</summary>
    public static string Escape(string text) => Uri.EscapeDataString(text);

    private static T Parse<T>(byte[] body)
    {
        // Such as 204: there is nothing to say.
        if (body.Length == 0 && default(T) is null && Nullable.GetUnderlyingType(typeof(T)) is not null)
            return default!;

        try
        {
            return JsonSerializer.Deserialize<T>(body, Json) ?? throw SevenBridgesErrors.Malformed();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw SevenBridgesErrors.Malformed(error);
        }
    }

    private async Task<(T Value, long? Total)> SendOnceAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        // Not within the limit of the call: that may be minutes.
        if (await _rate.EnterAsync(cancellationToken).ConfigureAwait(false) is var waited && waited > TimeSpan.Zero)
            LogWaited(_logger, waited.TotalSeconds);

        try
        {
            return await Limits.WithinLimitAsync(token => GuardAsync(() => ExchangeAsync<T>(method, path, body, token)), SevenBridgesErrors.Overdue, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _rate.Leave();
        }
    }

    private async Task<(T Value, long? Total)> ExchangeAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_root, path));
        request.Headers.TryAddWithoutValidation(TokenHeader, _settings.Token);
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, Json)) { Headers = { ContentType = JsonType } };

        using var answer = await PlatformConnections.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        _rate.Note(answer.Headers, answer.StatusCode == HttpStatusCode.TooManyRequests);
        var content = await PlatformConnections.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw SevenBridgesErrors.From(answer.StatusCode, content, _settings.Token);

        var total = answer.Headers.TryGetValues("X-Total-Matching-Query", out var values) && long.TryParse(values.First(), out var number) ? number : (long?)null;
        return (Parse<T>(content), total);
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw SevenBridgesErrors.From(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waited {Seconds:0} s for the rate limit of the Seven Bridges platform.")]
    private static partial void LogWaited(ILogger logger, double seconds);

    private sealed record Page<T>(IReadOnlyList<T>? Items);
}
