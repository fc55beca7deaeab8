using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Core.Storage.Http;

/// <summary><c>{"cls": "ufs.impl.http.HTTP", "netloc": ..., "scheme": ..., "headers": {...}}</c>, or <c>https://host/folder</c></summary>
internal static class HttpProvider
{
    public const string ClassName = "ufs.impl.http.HTTP";

    public static IReadOnlyList<string> Schemes { get; } = [Uri.UriSchemeHttps, Uri.UriSchemeHttp];

    public static IStorage FromNode(StorageNode node) => Open(node, folder: null);

    public static IStorage FromNode(StorageNode node, string folder) => StoragePath.TryParse(folder.Trim('/'), out var path)
        ? Open(node, path)
        : throw new FormatException($"the field 'prefix' of '{PrefixProvider.ClassName}' is not a path of a folder");

    public static IStorage FromUrl(string text)
    {
        var url = StorageUrl.Parse(text, "https://files.example.org/folder");
        return new HttpStorage(new HttpSettings { Root = RootOf($"{url.Uri.Scheme}://{url.Uri.Authority}", url.Folder) });
    }

    private static HttpStorage Open(StorageNode node, StoragePath? folder)
    {
        node.RequireOnly("netloc", "scheme", "headers");
        var scheme = node.OptionalText("scheme") ?? Uri.UriSchemeHttps;
        if (!Schemes.Contains(scheme)) throw new FormatException($"the field 'scheme' of '{ClassName}' must be https or http");

        var host = $"{scheme}://{node.Text("netloc")}";
        if (!Uri.TryCreate(host, UriKind.Absolute, out var uri) || uri is not { UserInfo: "", PathAndQuery: "/", Fragment: "" }) throw new FormatException($"the field 'netloc' of '{ClassName}' must be a host such as files.example.org or files.example.org:8443");

        return new HttpStorage(new HttpSettings { Root = RootOf(host, folder), Headers = node.Headers("headers") });
    }

    private static string RootOf(string host, StoragePath? folder) => folder is null ? host : $"{host}/{string.Join('/', folder.Value.Split('/').Select(Uri.EscapeDataString))}";
}
