using System.Collections.Concurrent;
using System.Text.Json;

namespace PlaybookBuilder.Core.Storage.Drs;

/// <summary>
/// Asks a resolver that speaks as the one of identifiers.org does where compact identifiers lead, and remembers it for a day. Of several places the official one counts, then the one that the
/// resolver recommends most; places that were given up, and those that are no DRS, don't.
/// </summary>
/// <param name="template">The address of the resolver, with <see cref="Placeholder"/> where the identifier stands.</param>
/// <param name="read">Asks for a document: null when there is none.</param>
internal sealed class CompactIdentifiers(string template, Func<Uri, CancellationToken, Task<JsonDocument?>> read, TimeProvider time)
{
    public const string Placeholder = "{id}";

    public const string DefaultTemplate = $"https://resolver.api.identifiers.org/{Placeholder}";

    private const int MostRemembered = 1_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<CompactIdentifier, (Uri Url, DateTimeOffset Until)> _known = new();

    /// <summary>Whether a text is the address of a resolver.</summary>
    public static bool IsTemplate(string text) =>
        text.Contains(Placeholder, StringComparison.Ordinal) && Uri.TryCreate(text.Replace(Placeholder, "a:1", StringComparison.Ordinal), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.UserInfo == "";

    /// <summary>The address of the object on its DRS server; null when the resolver knows none.</summary>
    public async Task<Uri?> ResolveAsync(CompactIdentifier identifier, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(identifier, out var known) && known.Until > time.GetUtcNow()) return known.Url;

        using var answer = await read(new Uri(template.Replace(Placeholder, $"{Uri.EscapeDataString(identifier.Prefix)}:{Uri.EscapeDataString(identifier.Accession)}", StringComparison.Ordinal)), cancellationToken).ConfigureAwait(false);
        if (answer is null || Choose(answer.RootElement) is not { } url) return null;

        if (_known.Count >= MostRemembered) _known.Clear();
        _known[identifier] = (url, time.GetUtcNow() + Remembered);
        return url;
    }

    private static Uri? Choose(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("payload", out var payload)
            ? DrsJson.Items(payload, "resolvedResources")
                .Where(static place => !DrsJson.Flag(place, "deprecatedResource") && !DrsJson.Flag(place, "deprecatedNamespace"))
                .OrderByDescending(static place => DrsJson.Flag(place, "official"))
                .ThenByDescending(Recommendation)
                .Select(static place => Uri.TryCreate(DrsJson.Text(place, "compactIdentifierResolvedUrl"), UriKind.Absolute, out var url) ? url : null)
                .FirstOrDefault(IsObject)
            : null;

    private static bool IsObject(Uri? url) =>
        url is not null && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.UserInfo == ""
        && url.AbsolutePath.IndexOf(DrsLookup.ObjectsPath, StringComparison.Ordinal) is >= 0 and var at && url.AbsolutePath.Length > at + DrsLookup.ObjectsPath.Length;

    private static double Recommendation(JsonElement place) =>
        place.TryGetProperty("recommendation", out var recommendation) && recommendation.ValueKind == JsonValueKind.Object && recommendation.TryGetProperty("recommendationIndex", out var index) && index.ValueKind == JsonValueKind.Number ? index.GetDouble() : 0;
}
