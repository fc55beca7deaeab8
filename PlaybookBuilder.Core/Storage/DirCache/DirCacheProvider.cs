using PlaybookBuilder.Core.Storage.Configuration;

namespace PlaybookBuilder.Core.Storage.DirCache;

/// <summary><c>{"cls": "ufs.impl.dircache.DirCache", "ufs": {...}, "ttl": 60}</c></summary>
internal static class DirCacheProvider
{
    public const string ClassName = "ufs.impl.dircache.DirCache";

    private const double DefaultSeconds = 60;

    public static IStorage FromNode(StorageNode node, Func<StorageNode, IStorage> open)
    {
        node.RequireOnly("ufs", "ttl");
        var seconds = Math.Min(node.Number("ttl") ?? DefaultSeconds, TimeSpan.FromDays(1).TotalSeconds);
        return new DirCacheStorage(open(node.Node("ufs")), TimeSpan.FromSeconds(seconds), TimeProvider.System);
    }
}
