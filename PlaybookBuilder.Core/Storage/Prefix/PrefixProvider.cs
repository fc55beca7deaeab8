using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Local;

namespace PlaybookBuilder.Core.Storage.Prefix;

/// <summary><c>{"cls": "ufs.impl.prefix.Prefix", "ufs": {...}, "prefix": "/..."}</c></summary>
internal static class PrefixProvider
{
    public const string ClassName = "ufs.impl.prefix.Prefix";

    public const string Example = $$"""{"cls":"{{ClassName}}","ufs":{"cls":"{{LocalProvider.ClassName}}"},"prefix":"/srv/playbooks"}""";

    public static IStorage FromNode(StorageNode node)
    {
        node.RequireOnly("ufs", "prefix");
        return StorageLocation.OpenFolder(node.Node("ufs"), node.Text("prefix"));
    }
}
