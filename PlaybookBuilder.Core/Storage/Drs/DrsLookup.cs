using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PlaybookBuilder.Core.Storage.Drs;

/// <summary>The calls of a DRS client, whoever makes the requests.</summary>
/// <param name="read">Asks for a document: null when there is none.</param>
internal sealed class DrsLookup(Func<Uri, CancellationToken, Task<JsonDocument?>> read)
{
    /// <summary>The path below which every server of DRS 1 has its objects.</summary>
    public const string ObjectsPath = "/ga4gh/drs/v1/objects/";

    public static Uri ObjectUrl(string scheme, string host, string id) => new($"{scheme}://{host}{ObjectsPath}{Uri.EscapeDataString(id)}");

    /// <param name="url">Of the object on its server.</param>
    /// <param name="expands">Asks for what is in bundles in the bundle, too.</param>
    public async Task<DrsObject?> FindAsync(Uri url, bool expands, CancellationToken cancellationToken)
    {
        using var found = await read(expands ? new UriBuilder(url) { Query = "expand=true" }.Uri : url, cancellationToken).ConfigureAwait(false);
        return found is null ? null : DrsObject.Read(found.RootElement);
    }

    /// <summary>The ways to the bytes over HTTP, in the server's order; it is asked for those that it names by an id only when their turn comes.</summary>
    public async IAsyncEnumerable<DrsAccess> FindAccessAsync(Uri url, DrsObject found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var method in found.AccessMethods)
        {
            if (method.Access is { } access)
            {
                yield return access;
            }
            else if (method.AccessId is { } id)
            {
                using var given = await read(new Uri($"{url.GetLeftPart(UriPartial.Path)}/access/{Uri.EscapeDataString(id)}"), cancellationToken).ConfigureAwait(false);
                if (given is not null && DrsAccess.Read(given.RootElement) is { } other) yield return other;
            }
        }
    }
}
