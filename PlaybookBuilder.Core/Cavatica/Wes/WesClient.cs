using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>A client of a GA4GH workflow execution service (WES 1.1). Safe for many callers at once; every failure is a <see cref="WesException"/>.</summary>
public sealed class WesClient
{
    private const int PageSize = 100;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly WesSettings _settings;
    private readonly Uri _root;

    /// <exception cref="ArgumentException">The settings can't be used; see <see cref="WesSettings.Problem"/>.</exception>
    public WesClient(WesSettings settings)
    {
        if (WesSettings.Problem(settings.Endpoint, settings.Token) is { } problem)
            throw new ArgumentException($"{char.ToUpperInvariant(problem[0])}{problem[1..]}.", nameof(settings));

        _settings = settings;
        _root = new UriBuilder(settings.Endpoint) { Path = $"{settings.Endpoint.AbsolutePath.TrimEnd('/')}/" }.Uri;
    }

    public Task<WesServiceInfo> GetServiceInfoAsync(CancellationToken cancellationToken) => GetAsync<WesServiceInfo>("service-info", cancellationToken);

    /// <summary>
    /// Submits a run. It is not submitted again when the answer was lost, because a second run costs money: it is looked for among the runs by its <see cref="WesRunRequest.Mark"/> instead.
    /// </summary>
    /// <returns>The id of the run.</returns>
    /// <exception cref="WesException">
    /// With <see cref="PlatformException.IsInDoubt"/> when the answer was lost and the run is not to be seen: it may still appear, and <see cref="FindRunAsync"/> will find it then.
    /// </exception>
    public async Task<string> StartAsync(WesRunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var started = await _settings.Limits.RunAsync(isRepeatable: false, token => ExchangeAsync<RunId>(HttpMethod.Post, "runs", () => WesForm.From(request), token), cancellationToken).ConfigureAwait(false);
            return started.Value is { Length: > 0 } id ? id : throw WesErrors.Malformed();
        }
        catch (WesException error) when (error.IsInDoubt)
        {
            return await FindLostAsync(request.Mark, cancellationToken).ConfigureAwait(false) ?? throw new WesException(error.Kind, error.Message, error) { Status = error.Status, IsInDoubt = true };
        }
    }

    /// <summary>The run of a mark, among the runs that are listed first; null when none of them is it.</summary>
    public async Task<string?> FindRunAsync(string mark, CancellationToken cancellationToken)
    {
        await foreach (var run in ListRunsAsync(cancellationToken).Take(_settings.MostRunsLookedAt).ConfigureAwait(false))
        {
            // A service need not list tags; the run itself repeats what was asked for, and the mark is in it.
            if (run.Tag(WesRunRequest.MarkTag) is { } tag ? tag == mark : await HoldsAsync(run.RunId, mark, cancellationToken).ConfigureAwait(false))
                return run.RunId;
        }

        return null;
    }

    /// <summary>All runs that the token's owner may see, in the order of the service.</summary>
    public async IAsyncEnumerable<WesRunStatus> ListRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = "";
        var seen = new HashSet<string>();
        do
        {
            var address = $"runs?page_size={PageSize.ToString(CultureInfo.InvariantCulture)}{(next == "" ? "" : $"&page_token={Uri.EscapeDataString(next)}")}";
            var page = await GetAsync<RunPage>(address, cancellationToken).ConfigureAwait(false);
            foreach (var run in page.Runs ?? [])
                yield return run;

            next = page.NextPageToken ?? "";
        }
        // A token that comes again would have no end.
        while (next != "" && seen.Add(next));
    }

    /// <exception cref="WesException"><see cref="WesErrorKind.NotFound"/> when there is no such run.</exception>
    public Task<WesRunStatus> GetStatusAsync(string runId, CancellationToken cancellationToken) => GetAsync<WesRunStatus>($"{PathOf(runId)}/status", cancellationToken);

    /// <inheritdoc cref="GetStatusAsync"/>
    public Task<WesRun> GetRunAsync(string runId, CancellationToken cancellationToken) => GetAsync<WesRun>(PathOf(runId), cancellationToken);

    /// <summary>Asks for a run to be ended; it is over when its state says so.</summary>
    /// <inheritdoc cref="GetStatusAsync"/>
    public Task CancelAsync(string runId, CancellationToken cancellationToken) =>
        _settings.Limits.RunAsync(isRepeatable: true, token => ExchangeAsync<RunId>(HttpMethod.Post, $"{PathOf(runId)}/cancel", content: null, token), cancellationToken);

    private static string PathOf(string runId) => $"runs/{Uri.EscapeDataString(runId)}";

    private static T Parse<T>(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json) ?? throw WesErrors.Malformed();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw WesErrors.Malformed(error);
        }
    }

    /// <summary>Null when it can't be found out now, too: the caller hears of the lost answer then.</summary>
    private async Task<string?> FindLostAsync(string mark, CancellationToken cancellationToken)
    {
        try
        {
            return await FindRunAsync(mark, cancellationToken).ConfigureAwait(false);
        }
        catch (WesException)
        {
            return null;
        }
    }

    private async Task<bool> HoldsAsync(string runId, string mark, CancellationToken cancellationToken)
    {
        try
        {
            var run = await GetRunAsync(runId, cancellationToken).ConfigureAwait(false);
            return run.Request?.GetRawText().Contains(mark, StringComparison.Ordinal) == true;
        }
        catch (WesException error) when (error.Kind is WesErrorKind.NotFound or WesErrorKind.Forbidden)
        {
            return false;
        }
    }

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        _settings.Limits.RunAsync(isRepeatable: true, token => ExchangeAsync<T>(HttpMethod.Get, path, content: null, token), cancellationToken);

    private Task<T> ExchangeAsync<T>(HttpMethod method, string path, Func<HttpContent>? content, CancellationToken cancellationToken) => _settings.Limits.WithinLimitAsync(async token =>
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_root, path)) { Content = content?.Invoke() };
            var (header, value) = _settings.Authentication == WesAuthentication.Bearer ? ("Authorization", $"Bearer {_settings.Token}") : ("X-SBG-Auth-Token", _settings.Token);
            request.Headers.TryAddWithoutValidation(header, value);
            request.Headers.Accept.ParseAdd("application/json");
            using var answer = await PlatformConnections.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
            var body = await PlatformConnections.ReadAsync(answer, token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? Parse<T>(body) : throw WesErrors.From(answer.StatusCode, body, _settings.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw WesErrors.From(error);
        }
    }, WesErrors.Overdue, cancellationToken);

    private sealed record RunId([property: System.Text.Json.Serialization.JsonPropertyName("run_id")] string? Value);

    private sealed record RunPage(IReadOnlyList<WesRunStatus>? Runs, string? NextPageToken);
}
