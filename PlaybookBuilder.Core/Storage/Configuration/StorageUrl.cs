using Microsoft.Extensions.Primitives;

namespace PlaybookBuilder.Core.Storage.Configuration;

/// <summary>A storage written as a URL: <c>scheme://name/folder?parameter=value</c>. What does not fit is a <see cref="FormatException"/> that repeats no value.</summary>
internal sealed class StorageUrl
{
    private readonly Dictionary<string, string> _parameters = [];

    private StorageUrl(Uri uri, StoragePath? folder) => (Uri, Folder) = (uri, folder);

    public Uri Uri { get; }

    /// <summary>What stands for the host.</summary>
    public string Name => Uri.Host;

    public StoragePath? Folder { get; }

    /// <param name="example">What a right one looks like.</param>
    /// <param name="parameters">The names that may stand in the query.</param>
    public static StorageUrl Parse(string text, string example, params ReadOnlySpan<string> parameters)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host == "" || uri.Fragment != "")
            throw new FormatException($"not a URL of a storage; an example is {example}");

        if (uri.UserInfo != "")
            throw new FormatException("credentials don't belong into the URL of a storage: it is shown and logged in many places");

        var url = new StorageUrl(uri, FolderOf(uri));
        foreach (var part in new StringTokenizer(uri.Query.TrimStart('?'), ['&']))
            url.Add(part.ToString(), parameters);

        return url;
    }

    public string? Parameter(string name) => _parameters.GetValueOrDefault(name);

    public bool? Flag(string name) => Parameter(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new FormatException($"the parameter '{name}' must be true or false"),
    };

    private static StoragePath? FolderOf(Uri uri)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        if (path == "")
            return null;

        return StoragePath.TryParse(path, out var folder) ? folder : throw new FormatException("what follows the name in the URL is not a path of a folder");
    }

    private void Add(string part, ReadOnlySpan<string> parameters)
    {
        if (part == "")
            return;

        var (name, value) = part.IndexOf('=') is >= 0 and var equals ? (part[..equals], part[(equals + 1)..]) : (part, "");
        if (!parameters.Contains(name))
            throw new FormatException($"there is no parameter '{name}' in such a URL; use {string.Join(", ", parameters.ToArray())}");

        if (!_parameters.TryAdd(name, Uri.UnescapeDataString(value)))
            throw new FormatException($"the parameter '{name}' stands there twice");
    }
}
