using Google.Apis.Auth.OAuth2;
using Newtonsoft.Json;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>
/// <c>{"cls": "playbook.gcs.Gcs", "credentials": ...}</c> under a Prefix that names bucket and folder, or <c>gs://bucket/folder</c>
/// </summary>
internal static class GcsProvider
{
    public const string ClassName = "playbook.gcs.Gcs";

    public const string Scheme = "gs";

    private const string Example = $$"""{"cls":"{{PrefixProvider.ClassName}}","ufs":{"cls":"{{ClassName}}","credentials_file":"/run/secrets/account.json"},"prefix":"/bucket/folder"}""";

    /// <summary>Alone it would be all buckets at once.</summary>
    public static IStorage FromNode(StorageNode node) => throw new FormatException($"'{node.ClassName}' needs a bucket; write {Example}");

    public static IStorage FromNode(StorageNode node, string folder)
    {
        node.RequireOnly("credentials", "credentials_file", "endpoint", "anon");
        if (!StoragePath.TryParse(folder.Trim('/'), out var path)) throw new FormatException($"the field 'prefix' of '{PrefixProvider.ClassName}' is not the path of a bucket and a folder in it");

        var bucket = path.Value.Split('/')[0];
        var root = bucket == path.Value ? null : path.RelativeTo(StoragePath.Parse(bucket));
        return Open(bucket, root, node.OptionalText("endpoint"), node.Flag("anon", otherwise: false), node.OptionalText("credentials") ?? ReadFile(node.OptionalText("credentials_file")));
    }

    public static IStorage FromUrl(string text)
    {
        var url = StorageUrl.Parse(text, "gs://bucket/folder", "endpoint", "anonymous", "credentials-file");
        return Open(url.Name, url.Folder, url.Parameter("endpoint"), url.Flag("anonymous") == true, ReadFile(url.Parameter("credentials-file")));
    }

    private static GcsStorage Open(string bucket, StoragePath? root, string? endpoint, bool isAnonymous, string? credentials)
    {
        if (isAnonymous && credentials is not null) throw new FormatException("a bucket is read either without credentials or with them");

        return new GcsStorage(new GcsSettings
        {
            Bucket = bucket,
            Root = root,
            Endpoint = endpoint is null ? GcsSettings.DefaultEndpoint : Endpoint(endpoint),
            IsAnonymous = isAnonymous,
            Account = credentials is null ? null : ReadAccount(credentials),
        });
    }

    private static Uri Endpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? uri
            : throw new FormatException("the endpoint must be an address such as https://storage.googleapis.com");

    private static string? ReadFile(string? file)
    {
        if (file is null) return null;

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException("the file of the service account can't be read", error);
        }
    }

    private static ServiceAccountCredential ReadAccount(string json)
    {
        try
        {
            return CredentialFactory.FromJson<ServiceAccountCredential>(json);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or JsonException or System.Security.Cryptography.CryptographicException)
        {
            throw new FormatException("the credentials are not the JSON of a service account with its key", error);
        }
    }
}
