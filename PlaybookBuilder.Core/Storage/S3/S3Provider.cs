using Amazon.Runtime;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Core.Storage.S3;

/// <summary>
/// <c>{"cls": "ufs.impl.s3fs.S3", ...}</c> or <c>{"cls": "ufs.impl.minio.Minio", ...}</c> under a Prefix that names bucket and folder, or <c>s3://bucket/folder?endpoint=...</c>
/// </summary>
internal static class S3Provider
{
    public const string ClassName = "ufs.impl.s3fs.S3";

    public const string MinioClassName = "ufs.impl.minio.Minio";

    public const string Scheme = "s3";

    private const string Example = $$"""{"cls":"{{PrefixProvider.ClassName}}","ufs":{"cls":"{{ClassName}}"},"prefix":"/bucket/folder"}""";

    private const string UrlExample = "s3://bucket/folder?endpoint=https://minio.example.org&path-style=true";

    /// <summary>Alone it would be all buckets at once.</summary>
    public static IStorage FromNode(StorageNode node) => throw new FormatException($"'{node.ClassName}' needs a bucket; write {Example}");

    public static IStorage FromNode(StorageNode node, string folder)
    {
        node.RequireOnly("anon", "access_key", "secret_access_key", "endpoint_url", "ttl");
        // How long the reference keeps listings; nothing is kept here.
        _ = node.Number("ttl");
        var endpoint = node.OptionalText("endpoint_url") is { } text ? Endpoint(text, "the field 'endpoint_url'") : null;
        return new S3Storage(In(folder) with
        {
            Endpoint = endpoint,
            IsPathStyle = endpoint is not null,
            Credentials = node.Flag("anon", otherwise: false) ? new AnonymousAWSCredentials() : Credentials(node, "access_key", "secret_access_key"),
        });
    }

    public static IStorage FromMinioNode(StorageNode node, string folder)
    {
        node.RequireOnly("netloc", "access_key", "secret_key", "secure");
        var scheme = node.Flag("secure", otherwise: true) ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        return new S3Storage(In(folder) with
        {
            Endpoint = Endpoint($"{scheme}://{node.Text("netloc")}", "the field 'netloc'"),
            IsPathStyle = true,
            Credentials = Credentials(node, "access_key", "secret_key"),
        });
    }

    public static IStorage FromUrl(string text)
    {
        var url = StorageUrl.Parse(text, UrlExample, "endpoint", "region", "path-style", "anonymous");
        var endpoint = url.Parameter("endpoint") is { } value ? Endpoint(value, "the parameter 'endpoint'") : null;
        return new S3Storage(new S3Settings
        {
            Bucket = url.Name,
            Root = url.Folder,
            Endpoint = endpoint,
            Region = url.Parameter("region"),
            IsPathStyle = url.Flag("path-style") ?? endpoint is not null,
            Credentials = url.Flag("anonymous") == true ? new AnonymousAWSCredentials() : null,
        });
    }

    /// <summary>The first name of the folder is the bucket.</summary>
    private static S3Settings In(string folder)
    {
        if (!StoragePath.TryParse(folder.Trim('/'), out var path))
            throw new FormatException($"the field 'prefix' of '{PrefixProvider.ClassName}' is not the path of a bucket and a folder in it");

        var bucket = path.Value.Split('/')[0];
        return new S3Settings { Bucket = bucket, Root = bucket == path.Value ? null : path.RelativeTo(StoragePath.Parse(bucket)) };
    }

    private static Uri Endpoint(string text, string where) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri is { UserInfo: "", Query: "", Fragment: "" }
            ? uri
            : throw new FormatException($"{where} must be an address such as https://minio.example.org");

    private static BasicAWSCredentials? Credentials(StorageNode node, string key, string secret) => (node.OptionalText(key), node.OptionalText(secret)) switch
    {
        (null, null) => null,
        ({ } name, { } word) => new BasicAWSCredentials(name, word),
        _ => throw new FormatException($"'{node.ClassName}' needs both of '{key}' and '{secret}', or neither"),
    };
}
