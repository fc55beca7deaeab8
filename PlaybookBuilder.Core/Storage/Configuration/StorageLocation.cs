using System.Text.Json;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Prefix;
using PlaybookBuilder.Core.Storage.S3;

namespace PlaybookBuilder.Core.Storage.Configuration;

/// <summary>Reads where the files are: nothing (<c>data/ufs</c>), a URL, or a tree of <c>{"cls": ...}</c> objects. Opening a storage touches no disk and no network.</summary>
internal static class StorageLocation
{
    private static readonly Dictionary<string, Func<StorageNode, IStorage>> Classes = new()
    {
        [LocalProvider.ClassName] = LocalProvider.FromNode,
        [MemoryProvider.ClassName] = MemoryProvider.FromNode,
        [PrefixProvider.ClassName] = PrefixProvider.FromNode,
        [S3Provider.ClassName] = S3Provider.FromNode,
        [S3Provider.MinioClassName] = S3Provider.FromNode,
    };

    /// <summary>Those to which the folder of a Prefix around them says where they begin.</summary>
    private static readonly Dictionary<string, Func<StorageNode, string, IStorage>> Folders = new()
    {
        [LocalProvider.ClassName] = LocalProvider.FromNode,
        [S3Provider.ClassName] = S3Provider.FromNode,
        [S3Provider.MinioClassName] = S3Provider.FromMinioNode,
    };

    private static readonly Dictionary<string, Func<string, IStorage>> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        [LocalProvider.Scheme] = LocalProvider.FromUrl,
        [MemoryProvider.Scheme] = MemoryProvider.FromUrl,
        [S3Provider.Scheme] = S3Provider.FromUrl,
    };

    /// <exception cref="FormatException">The text describes no storage; the message is the end of a sentence that begins with the name of the variable.</exception>
    public static IStorage Open(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return LocalProvider.Default();

        return text.TrimStart().StartsWith('{') ? OpenJson(text) : OpenUrl(text.Trim());
    }

    public static IStorage Open(StorageNode node) =>
        Classes.TryGetValue(node.ClassName, out var open) ? open(node) : throw new FormatException($"'{node.ClassName}' is not available here; use one of {string.Join(", ", Classes.Keys)}");

    /// <summary>One folder of a storage.</summary>
    public static IStorage OpenFolder(StorageNode node, string folder)
    {
        if (Folders.TryGetValue(node.ClassName, out var open))
            return open(node, folder);

        return StoragePath.TryParse(folder.Trim('/'), out var prefix)
            ? new PrefixStorage(Open(node), prefix)
            : throw new FormatException($"the field 'prefix' of '{PrefixProvider.ClassName}' is not a path of a folder");
    }

    private static IStorage OpenJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Open(new StorageNode(document.RootElement));
        }
        catch (JsonException error)
        {
            throw new FormatException($"the JSON ends or breaks at character {error.BytePositionInLine + 1} of line {error.LineNumber + 1}", error);
        }
    }

    private static IStorage OpenUrl(string text)
    {
        var scheme = text.IndexOf(':') is > 0 and var colon ? text[..colon] : null;
        if (scheme is null)
            throw new FormatException($"neither JSON nor a URL; examples are file:///srv/playbooks, memory: and {PrefixProvider.Example}");

        return Schemes.TryGetValue(scheme, out var open) ? open(text) : throw new FormatException($"the scheme '{scheme}:' is not available here; use one of {string.Join(", ", Schemes.Keys.Select(name => name + ":"))}");
    }
}
