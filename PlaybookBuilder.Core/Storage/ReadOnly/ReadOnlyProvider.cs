using PlaybookBuilder.Core.Storage.Configuration;

namespace PlaybookBuilder.Core.Storage.ReadOnly;

/// <summary><c>{"cls": "playbook.readonly.ReadOnly", "ufs": {...}}</c></summary>
internal static class ReadOnlyProvider
{
    public const string ClassName = "playbook.readonly.ReadOnly";

    public static IStorage FromNode(StorageNode node, Func<StorageNode, IStorage> open)
    {
        node.RequireOnly("ufs");
        return new ReadOnlyStorage(open(node.Node("ufs")));
    }
}
