using System.Text.Json;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Storage.Drs;

namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>Finds where others' DRS servers give the bytes of their objects. Every address on the way, the resolver's among them, is looked at as those that users give are.</summary>
internal sealed class DrsClient
{
    private const int LongestAnswer = 1024 * 1024;

    private readonly GuardedRequests _requests;
    private readonly GuardedConnections _connections;
    private readonly DrsLookup _lookup;
    private readonly CompactIdentifiers _identifiers;

    public DrsClient(GuardedRequests requests, GuardedConnections connections, IOptions<FetchOptions> options, TimeProvider time)
    {
        (_requests, _connections) = (requests, connections);
        _lookup = new DrsLookup(ReadAsync);
        _identifiers = new CompactIdentifiers(options.Value.Resolver, ReadAsync, time);
    }

    /// <summary>Where the bytes are, what to ask with there, and what the file is called.</summary>
    /// <exception cref="FetchException">There is no such object, or its bytes can't be had over HTTP.</exception>
    public async Task<(DrsAccess Access, string? Name)> FindAsync(DrsUri drs, CancellationToken cancellationToken) =>
        await FindAsync(DrsLookup.ObjectUrl(await SchemeOfAsync(drs.Host, cancellationToken).ConfigureAwait(false), drs.Host, drs.Id), drs.Id, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="FindAsync(DrsUri, CancellationToken)"/>
    public async Task<(DrsAccess Access, string? Name)> FindAsync(CompactIdentifier identifier, CancellationToken cancellationToken)
    {
        var url = await _identifiers.ResolveAsync(identifier, cancellationToken).ConfigureAwait(false) ?? throw new FetchException(FetchProblem.NotGiven, $"No DRS server is known for '{identifier}'.");
        return await FindAsync(url, identifier.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private static FetchException NoObject(Uri url, Exception? error) => new(FetchProblem.NotGiven, $"'{url.Host}' answers no object of DRS there.", error);

    private async Task<(DrsAccess Access, string? Name)> FindAsync(Uri url, string id, CancellationToken cancellationToken)
    {
        var found = await _lookup.FindAsync(url, expands: false, cancellationToken).ConfigureAwait(false) ?? throw NoObject(url, null);
        await foreach (var access in _lookup.FindAccessAsync(url, found, cancellationToken).ConfigureAwait(false)) return (access, found.FileName);

        throw new FetchException(FetchProblem.NotGiven, $"'{url.Host}' gives the bytes of '{id}' in no way that is known here; bundles of objects are fetched one by one.");
    }

    // The specification knows https alone; without it are only machines that the operator allowed beside the public ones.
    private async Task<string> SchemeOfAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await _connections.FindAsync(new Uri($"https://{host}").Host, cancellationToken).ConfigureAwait(false);
        return addresses.Any(PublicAddresses.Contains) ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
    }

    private async Task<JsonDocument?> ReadAsync(Uri url, CancellationToken cancellationToken)
    {
        using var answer = await _requests.GetAsync(url, [], null, cancellationToken).ConfigureAwait(false);
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
}
