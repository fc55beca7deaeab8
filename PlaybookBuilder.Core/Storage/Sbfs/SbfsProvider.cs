using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>
/// <c>{"cls": "ufs.impl.sbfs.SBFS", "auth_token": ..., ...}</c> under a Prefix that names user, project and folder, or <c>sbfs://user/project/folder</c>
/// </summary>
internal static class SbfsProvider
{
    public const string ClassName = "ufs.impl.sbfs.SBFS";

    public const string Scheme = "sbfs";

    private const string Example = $$"""{"cls":"{{PrefixProvider.ClassName}}","ufs":{"cls":"{{ClassName}}","auth_token":"..."},"prefix":"/user/project/folder"}""";

    private const string UrlExample = "sbfs://user/project/folder?endpoint=https://cavatica-api.sbgenomics.com";

    // Those of the platform's own libraries.
    private const string TokenVariable = "SB_AUTH_TOKEN";
    private const string EndpointVariable = "SB_API_ENDPOINT";

    /// <summary>Alone it would be all projects at once.</summary>
    public static IStorage FromNode(StorageNode node) => throw new FormatException($"'{node.ClassName}' needs a project; write {Example}");

    public static IStorage FromNode(StorageNode node, string folder)
    {
        node.RequireOnly("auth_token", "api_endpoint", "drs_endpoint", "ttl");
        // The reference names its files to others by it; nothing here does.
        _ = node.OptionalText("drs_endpoint");
        return Open(folder.Trim('/'), node.OptionalText("auth_token"), node.OptionalText("api_endpoint"), node.Number("ttl"), $"the field 'prefix' of '{PrefixProvider.ClassName}'", settings => settings with { Loggers = node.Loggers });
    }

    public static IStorage FromUrl(string text)
    {
        var url = StorageUrl.Parse(text, UrlExample, "endpoint", "ttl");
        // Hosts are folded to small letters, users are not.
        var user = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('/', '?')[0];
        var ttl = url.Parameter("ttl") is not { } value ? (double?)null : double.TryParse(value, out var seconds) && seconds >= 0 ? seconds : throw new FormatException("the parameter 'ttl' must be a number of seconds");
        return Open($"{user}/{url.Folder}".TrimEnd('/'), token: null, url.Parameter("endpoint"), ttl, "the URL", static settings => settings);
    }

    private static SbfsStorage Open(string path, string? token, string? endpoint, double? ttl, string where, Func<SbfsSettings, SbfsSettings> adapt)
    {
        var names = path.Split('/');
        var project = string.Join('/', names.Take(2));
        if (!SevenBridgesProject.IsId(project))
            throw new FormatException($"{where} must begin with a user and a project, as in {UrlExample}");

        token ??= Variable(TokenVariable) ?? throw new FormatException($"the token is missing: give 'auth_token' in JSON, or set {TokenVariable}");
        endpoint ??= Variable(EndpointVariable) ?? SevenBridgesSettings.CavaticaEndpoint.ToString();
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
            throw new FormatException($"the endpoint of the platform must be an address such as {SevenBridgesSettings.CavaticaEndpoint}, with https");

        if (SevenBridgesSettings.Problem(address, token) is { } problem)
            throw new FormatException(problem);

        var settings = new SbfsSettings { Endpoint = address, Token = token, Project = project, Root = Root(names, where) };
        return new SbfsStorage(adapt(ttl is null ? settings : settings with { FolderLifetime = TimeSpan.FromSeconds(Math.Min(ttl.Value, 86_400)) }));
    }

    /// <summary>An empty one is none: that is how Compose passes on what is not set.</summary>
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static StoragePath? Root(string[] names, string where)
    {
        if (names.Length == 2)
            return null;

        return StoragePath.TryParse(string.Join('/', names.Skip(2)), out var root) ? root : throw new FormatException($"what follows the project in {where} is not a path of a folder");
    }
}
