using Azure;
using Azure.Storage;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Core.Storage.Azure;

/// <summary>
/// <c>{"cls": "playbook.azure.Azure", "account": ..., "key": ...}</c> under a Prefix that names container and folder, or <c>azure://container/folder?account=...</c>
/// </summary>
internal static class AzureProvider
{
    public const string ClassName = "playbook.azure.Azure";

    public const string Scheme = "azure";

    private const string Example = $$"""{"cls":"{{PrefixProvider.ClassName}}","ufs":{"cls":"{{ClassName}}","account":"lab"},"prefix":"/container/folder"}""";

    private const string UrlExample = "azure://container/folder?account=lab";

    // Of Azure's own command line.
    private const string AccountVariable = "AZURE_STORAGE_ACCOUNT";
    private const string KeyVariable = "AZURE_STORAGE_KEY";
    private const string SignatureVariable = "AZURE_STORAGE_SAS_TOKEN";

    /// <summary>Alone it would be all containers at once.</summary>
    public static IStorage FromNode(StorageNode node) => throw new FormatException($"'{node.ClassName}' needs a container; write {Example}");

    public static IStorage FromNode(StorageNode node, string folder)
    {
        node.RequireOnly("account", "key", "sas_token", "endpoint", "anon");
        if (!StoragePath.TryParse(folder.Trim('/'), out var path))
            throw new FormatException($"the field 'prefix' of '{PrefixProvider.ClassName}' is not the path of a container and a folder in it");

        var container = path.Value.Split('/')[0];
        var root = container == path.Value ? null : path.RelativeTo(StoragePath.Parse(container));
        var isAnonymous = node.Flag("anon", otherwise: false);
        return Open(container, root, node.OptionalText("account"), node.OptionalText("endpoint"), isAnonymous, node.OptionalText("key"), node.OptionalText("sas_token"));
    }

    public static IStorage FromUrl(string text)
    {
        var url = StorageUrl.Parse(text, UrlExample, "account", "endpoint", "anonymous");
        return Open(url.Name, url.Folder, url.Parameter("account"), url.Parameter("endpoint"), url.Flag("anonymous") == true, key: null, signature: null);
    }

    private static AzureStorage Open(string container, StoragePath? root, string? account, string? endpoint, bool isAnonymous, string? key, string? signature)
    {
        account ??= Environment.GetEnvironmentVariable(AccountVariable) ?? throw new FormatException($"the account is missing: give 'account', or set {AccountVariable}");
        var settings = new AzureSettings { Container = container, Root = root, Endpoint = Endpoint(account, endpoint) };
        if (isAnonymous)
            return new AzureStorage(settings);

        key ??= signature is null ? Environment.GetEnvironmentVariable(KeyVariable) : null;
        signature ??= key is null ? Environment.GetEnvironmentVariable(SignatureVariable) : null;
        return (key, signature) switch
        {
            ({ } word, _) => new AzureStorage(settings with { Key = Key(account, word) }),
            (_, { } word) => new AzureStorage(settings with { Signature = new AzureSasCredential(word.TrimStart('?')) }),
            _ => throw new FormatException($"the credentials are missing: give 'key' or 'sas_token' in JSON, or set {KeyVariable} or {SignatureVariable}"),
        };
    }

    private static Uri Endpoint(string account, string? endpoint)
    {
        endpoint ??= $"https://{account}.blob.core.windows.net";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri is { UserInfo: "", Query: "", Fragment: "" }
            ? uri
            : throw new FormatException("the account or its endpoint is not one: an endpoint is an address such as https://lab.blob.core.windows.net");
    }

    private static StorageSharedKeyCredential Key(string account, string key)
    {
        try
        {
            return new StorageSharedKeyCredential(account, key);
        }
        catch (FormatException error)
        {
            throw new FormatException("the key of the account is not in base 64", error);
        }
    }
}
