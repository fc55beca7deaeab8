namespace PlaybookBuilder.Core.Storage.Configuration;

/// <summary>
/// <c>{"cls": "ufs.impl.sync.Sync", "ufs": {...}}</c> and its like: they adapt the reference's storages to callers that wait or don't, which is one and the same here.
/// </summary>
internal static class TransparentProvider
{
    public static IReadOnlyList<string> ClassNames { get; } = ["ufs.impl.sync.Sync", "ufs.impl.asyn.Async", "ufs.impl.simpleasyn.SimpleAsync"];

    public static IStorage FromNode(StorageNode node, Func<StorageNode, IStorage> open)
    {
        node.RequireOnly("ufs");
        return open(node.Node("ufs"));
    }
}
