using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Core.Storage.Drs;

/// <summary>
/// <c>{"cls": "ufs.impl.drs.DRS", "scheme": ..., "headers": {...}}</c> under a Prefix that names the host, and a bundle there, or a bundle by its compact identifier; or <c>drs://host/id</c>, <c>drs://prefix:accession</c>
/// </summary>
internal static class DrsProvider
{
    public const string ClassName = "ufs.impl.drs.DRS";

    public const string Scheme = "drs";

    private const string Example = $$"""{"cls":"{{PrefixProvider.ClassName}}","ufs":{"cls":"{{ClassName}}","token":"..."},"prefix":"/drs.example.org"}""";

    private const string UrlExample = "drs://drs.example.org";

    private const string TokenVariable = "DRS_TOKEN";
    private const string ResolverVariable = "DRS_RESOLVER";

    /// <summary>Alone it would be all servers there are, and its headers for each of them.</summary>
    public static IStorage FromNode(StorageNode node) => throw new FormatException($"'{node.ClassName}' needs a host; write {Example}");

    public static IStorage FromNode(StorageNode node, string folder)
    {
        node.RequireOnly("scheme", "headers", "token");
        var names = folder.Trim('/').Split('/');
        var scheme = SchemeOf(node.OptionalText("scheme"));
        var headers = Authorized(node.Headers("headers"), node.OptionalText("token"));
        return CompactIdentifier.TryParse($"{Scheme}://{names[0]}{string.Concat(names.Skip(1).Select(static name => $"%2F{name}"))}", out var bundle) && !IsHost(names[0], names.Length)
            ? Open(new DrsSettings { Bundle = bundle, Headers = headers })
            : Open(At(names[0], scheme, names.Length > 1 ? string.Join('/', names.Skip(1)) : null) with { Headers = headers });
    }

    public static IStorage FromUrl(string text)
    {
        var headers = Authorized([], token: null);
        if (CompactIdentifier.TryParse(text, out var bundle)) return Open(new DrsSettings { Bundle = bundle, Headers = headers });

        var url = StorageUrl.Parse(text, UrlExample, "scheme");
        return Open(At(url.Uri.Authority, SchemeOf(url.Parameter("scheme")), url.Folder?.Value) with { Headers = headers });
    }

    /// <summary>What looks like a host with a port is one where something comes after it.</summary>
    private static bool IsHost(string name, int names) => names > 1 && name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].All(char.IsAsciiDigit);

    /// <summary>As in the reference, a host with a port is asked without encryption unless something else is said.</summary>
    private static DrsSettings At(string host, string? scheme, string? root)
    {
        scheme ??= host.Contains(':', StringComparison.Ordinal) ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        if (!Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var uri) || uri is not { UserInfo: "", PathAndQuery: "/", Fragment: "" }) throw new FormatException($"the host of the DRS server is missing, or is none; write {Example}");
        if (root is null) return new DrsSettings { Server = (scheme, host) };

        return StoragePath.TryParse(root, out var path) ? new DrsSettings { Server = (scheme, host), Root = path } : throw new FormatException("what follows the host of the DRS server is not the id of a bundle and names in it");
    }

    private static DrsStorage Open(DrsSettings settings)
    {
        var resolver = Environment.GetEnvironmentVariable(ResolverVariable) is { Length: > 0 } given ? given : CompactIdentifiers.DefaultTemplate;
        return CompactIdentifiers.IsTemplate(resolver) ? new DrsStorage(settings with { Resolver = resolver }) : throw new FormatException($"{ResolverVariable} must be an address with {CompactIdentifiers.Placeholder} in it, such as {CompactIdentifiers.DefaultTemplate}");
    }

    private static string? SchemeOf(string? text) => text is null || text == Uri.UriSchemeHttps || text == Uri.UriSchemeHttp ? text : throw new FormatException("the scheme of a DRS server must be https or http");

    private static IReadOnlyList<KeyValuePair<string, string>> Authorized(IReadOnlyList<KeyValuePair<string, string>> headers, string? token)
    {
        token ??= headers.Any(static header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) ? null : Environment.GetEnvironmentVariable(TokenVariable);
        if (string.IsNullOrEmpty(token)) return headers;

        return token.Any(static letter => letter is <= ' ' or > '~') ? throw new FormatException("the token of the DRS server must be one word") : [.. headers, KeyValuePair.Create("Authorization", $"Bearer {token}")];
    }
}
