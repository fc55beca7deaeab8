using System.Text.Json;
using PlaybookBuilder.Core.Files.Drs;

namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>Finds where others' DRS servers give the bytes of their objects.</summary>
internal sealed class DrsClient(GuardedRequests requests, GuardedConnections connections)
{
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>Where the bytes are, what to ask with there, and what the file is called.</summary>
    /// <exception cref="FetchException">There is no such object, or its bytes can't be had over HTTP.</exception>
    public async Task<(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Name)> FindAsync(DrsUri drs, CancellationToken cancellationToken)
    {
        var root = $"{await SchemeOfAsync(drs.Host, cancellationToken).ConfigureAwait(false)}://{drs.Host}/ga4gh/drs/v1/objects/{Uri.EscapeDataString(drs.Id)}";
        using var found = await ReadAsync(new Uri(root), cancellationToken).ConfigureAwait(false);
        var name = Text(found.RootElement, "description") ?? Text(found.RootElement, "name");
        foreach (var method in Items(found.RootElement, "access_methods").Where(static method => Text(method, "type") is "https" or "http"))
        {
            if (method.TryGetProperty("access_url", out var access) && Read(access) is var (url, headers)) return (url, headers, name);
            if (Text(method, "access_id") is not { } id) continue;

            using var given = await ReadAsync(new Uri($"{root}/access/{Uri.EscapeDataString(id)}"), cancellationToken).ConfigureAwait(false);
            if (Read(given.RootElement) is var (other, others)) return (other, others, name);
        }

        throw new FetchException(FetchProblem.NotGiven, $"'{drs.Host}' gives the bytes of '{drs.Id}' in no way that is known here; bundles of objects are fetched one by one.");
    }

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    // An object as the specification has it, or a text, as older servers send it.
    private static (Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers)? Read(JsonElement access)
    {
        var text = access.ValueKind == JsonValueKind.String ? access.GetString() : Text(access, "url");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) ? (url, [.. Items(access, "headers").Select(ReadHeader).OfType<KeyValuePair<string, string>>()]) : null;
    }

    private static KeyValuePair<string, string>? ReadHeader(JsonElement header) =>
        header.ValueKind == JsonValueKind.String && header.GetString()!.Split(':', 2) is [var name, var value] ? KeyValuePair.Create(name.Trim(), value.Trim()) : null;

    // The specification knows https alone; without it are only machines that the operator allowed beside the public ones.
    private async Task<string> SchemeOfAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await connections.FindAsync(new Uri($"https://{host}").Host, cancellationToken).ConfigureAwait(false);
        return addresses.Any(PublicAddresses.Contains) ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
    }

    private async Task<JsonDocument> ReadAsync(Uri url, CancellationToken cancellationToken)
    {
        using var answer = await requests.GetAsync(url, [], null, cancellationToken).ConfigureAwait(false);
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var bytes = new byte[LongestAnswer + 1];
        try
        {
            var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return count <= LongestAnswer ? JsonDocument.Parse(bytes.AsMemory(0, count)) : throw NoObject(url, null);
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw NoObject(url, error);
        }
    }

    private static FetchException NoObject(Uri url, Exception? error) => new(FetchProblem.NotGiven, $"'{url.Host}' answers no object of DRS there.", error);
}
