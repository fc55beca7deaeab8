using PlaybookBuilder.Core.Storage.Configuration;

namespace PlaybookBuilder.Core.Storage.Cache;

/// <summary><c>{"cls": "ufs.impl.rwcache.RWCache", "ufs": {...}, "cache": {...}}</c>, and the same of <c>ufs.impl.writecache.Writecache</c></summary>
internal static class CacheProvider
{
    public const string ClassName = "ufs.impl.rwcache.RWCache";

    public const string WriteCacheClassName = "ufs.impl.writecache.Writecache";

    private const long DefaultBytes = 10L * 1024 * 1024 * 1024;

    /// <summary>A field of our own: how many bytes the copies may take.</summary>
    private const string MostBytes = "max_bytes";

    /// <summary>What is written goes straight to where it is kept; the reference keeps it in the cache until the file is closed.</summary>
    public static IStorage FromNode(StorageNode node, Func<StorageNode, IStorage> open)
    {
        node.RequireOnly("ufs", "cache", MostBytes);
        return new CacheStorage(open(node.Node("ufs")), new CacheRoom(StorageLocation.Open(node.Node("cache")), (long)Math.Min(node.Number(MostBytes) ?? DefaultBytes, long.MaxValue / 2)));
    }
}
