using System.Text.Json;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Storage.Azure;
using PlaybookBuilder.Core.Storage.Cache;
using PlaybookBuilder.Core.Storage.DirCache;
using PlaybookBuilder.Core.Storage.Drs;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Core.Storage.Logging;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Overlay;
using PlaybookBuilder.Core.Storage.Prefix;
using PlaybookBuilder.Core.Storage.ReadOnly;
using PlaybookBuilder.Core.Storage.Retry;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Core.Storage.Sbfs;

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
        [AzureProvider.ClassName] = AzureProvider.FromNode,
        [GcsProvider.ClassName] = GcsProvider.FromNode,
        [SftpProvider.ClassName] = SftpProvider.FromNode,
        [HttpProvider.ClassName] = HttpProvider.FromNode,
        [DrsProvider.ClassName] = DrsProvider.FromNode,
        [SbfsProvider.ClassName] = SbfsProvider.FromNode,
    };

    /// <summary>Those to which the folder of a Prefix around them says where they begin.</summary>
    private static readonly Dictionary<string, Func<StorageNode, string, IStorage>> Folders = new()
    {
        [LocalProvider.ClassName] = LocalProvider.FromNode,
        [S3Provider.ClassName] = S3Provider.FromNode,
        [S3Provider.MinioClassName] = S3Provider.FromMinioNode,
        [AzureProvider.ClassName] = AzureProvider.FromNode,
        [GcsProvider.ClassName] = GcsProvider.FromNode,
        [SftpProvider.ClassName] = SftpProvider.FromNode,
        [HttpProvider.ClassName] = HttpProvider.FromNode,
        [DrsProvider.ClassName] = DrsProvider.FromNode,
        [SbfsProvider.ClassName] = SbfsProvider.FromNode,
    };

    /// <summary>Those around other storages, which are opened by what is given: as they are, or in the folder of a Prefix around the layer.</summary>
    private static readonly Dictionary<string, Func<StorageNode, Func<StorageNode, IStorage>, IStorage>> Layers = new(
        TransparentProvider.ClassNames.Select(static name => KeyValuePair.Create<string, Func<StorageNode, Func<StorageNode, IStorage>, IStorage>>(name, TransparentProvider.FromNode)))
    {
        [LoggingProvider.ClassName] = LoggingProvider.FromNode,
        [CacheProvider.ClassName] = CacheProvider.FromNode,
        [CacheProvider.WriteCacheClassName] = CacheProvider.FromNode,
        [DirCacheProvider.ClassName] = DirCacheProvider.FromNode,
        [OverlayProvider.ClassName] = OverlayProvider.FromNode,
        [ReadOnlyProvider.ClassName] = ReadOnlyProvider.FromNode,
        [RetryProvider.ClassName] = RetryProvider.FromNode,
    };

    private static readonly Dictionary<string, Func<string, IStorage>> Schemes = new(HttpProvider.Schemes.Select(static scheme => KeyValuePair.Create<string, Func<string, IStorage>>(scheme, HttpProvider.FromUrl)), StringComparer.OrdinalIgnoreCase)
    {
        [LocalProvider.Scheme] = LocalProvider.FromUrl,
        [MemoryProvider.Scheme] = MemoryProvider.FromUrl,
        [S3Provider.Scheme] = S3Provider.FromUrl,
        [AzureProvider.Scheme] = AzureProvider.FromUrl,
        [GcsProvider.Scheme] = GcsProvider.FromUrl,
        [SftpProvider.Scheme] = SftpProvider.FromUrl,
        [DrsProvider.Scheme] = DrsProvider.FromUrl,
        [SbfsProvider.Scheme] = SbfsProvider.FromUrl,
    };

    /// <param name="loggers">For storages that write lines.</param>
    /// <exception cref="FormatException">The text describes no storage; the message is the end of a sentence that begins with the name of the variable.</exception>
    public static IStorage Open(string? text, ILoggerFactory loggers)
    {
        if (string.IsNullOrWhiteSpace(text))
            return LocalProvider.Default();

        return text.TrimStart().StartsWith('{') ? OpenJson(text, loggers) : OpenUrl(text.Trim());
    }

    public static IStorage Open(StorageNode node)
    {
        if (Classes.TryGetValue(node.ClassName, out var open))
            return open(node);

        return Layers.TryGetValue(node.ClassName, out var layer)
            ? layer(node, Open)
            : throw new FormatException($"'{node.ClassName}' is not available here; use one of {string.Join(", ", Classes.Keys.Concat(Layers.Keys))}");
    }

    /// <summary>One folder of a storage. Layers pass it on to what they are around, because what is below may need it to know where it begins.</summary>
    public static IStorage OpenFolder(StorageNode node, string folder)
    {
        if (Folders.TryGetValue(node.ClassName, out var open))
            return open(node, folder);

        if (Layers.TryGetValue(node.ClassName, out var layer))
            return layer(node, inner => OpenFolder(inner, folder));

        return StoragePath.TryParse(folder.Trim('/'), out var prefix)
            ? new PrefixStorage(Open(node), prefix)
            : throw new FormatException($"the field 'prefix' of '{PrefixProvider.ClassName}' is not a path of a folder");
    }

    private static IStorage OpenJson(string text, ILoggerFactory loggers)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Open(new StorageNode(document.RootElement, loggers));
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
