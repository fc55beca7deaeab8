using System.Net;
using System.Net.Http.Headers;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>How a part is put, and which headers of the answer are to be reported.</summary>
internal sealed record PartTicket(string? Method, string? Url, IReadOnlyDictionary<string, string>? Headers, IReadOnlyList<int>? SuccessCodes, PartTicket.Wanted? Report)
{
    private const string Tag = "ETag";

    // The platform may ask for parts of up to 5 GiB, which no time that is right for small ones would be enough for.
    private const long SlowestBytesPerSecond = 512 * 1024;

    /// <returns>The headers to report.</returns>
    public async Task<Dictionary<string, string>> PutAsync(long length, Func<Stream> open, bool isLocal, CallLimits limits, CancellationToken cancellationToken)
    {
        var address = SignedAddress.Check(Url, isLocal);
        var patient = limits with { CallLimit = limits.CallLimit + TimeSpan.FromSeconds(length / SlowestBytesPerSecond) };
        return await patient.WithinLimitAsync(async token =>
        {
            try
            {
                return await ExchangeAsync(address, length, open, token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                throw Storage("The host of the parts can't be reached.", error: error);
            }
        }, static (limit, error) => Storage($"The host of the parts did not take one within {limit.TotalSeconds:0.#} seconds.", error: error), cancellationToken).ConfigureAwait(false);
    }

    private static SevenBridgesException Storage(string message, HttpStatusCode? status = null, Exception? error = null) =>
        new(SevenBridgesErrorKind.Unavailable, message, error) { Status = (int?)status };

    private async Task<Dictionary<string, string>> ExchangeAsync(Uri address, long length, Func<Stream> open, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method ?? "PUT"), address) { Content = new StreamContent(open()) };
        request.Content.Headers.ContentLength = length;
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>())
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await PlatformConnections.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await PlatformConnections.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        // Refused parts are worth another try too: with an address that has not expired, or bytes that arrive whole.
        if (SuccessCodes is { Count: > 0 } codes ? !codes.Contains((int)answer.StatusCode) : !answer.IsSuccessStatusCode)
            throw Storage($"The host of the parts answered {(int)answer.StatusCode}.", answer.StatusCode);

        var wanted = Report?.Headers is { Count: > 0 } names ? names : [Tag];
        return wanted.Select(name => KeyValuePair.Create(name, ValueOf(answer, name))).Where(static header => header.Value is not null).ToDictionary(static header => header.Key, static header => header.Value!);
    }

    /// <summary>Without the quotes of a tag, as the documentation reports it.</summary>
    private static string? ValueOf(HttpResponseMessage answer, string name) =>
        Values(answer.Headers, name) ?? Values(answer.Content.Headers, name);

    private static string? Values(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? string.Join(", ", values).Trim('"') : null;

    internal sealed record Wanted(IReadOnlyList<string>? Headers);
}
