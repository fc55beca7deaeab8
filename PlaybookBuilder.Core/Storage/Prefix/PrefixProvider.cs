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
        var (inner, prefix) = (node.Node("ufs"), node.Text("prefix"));
        if (inner.ClassName == LocalProvider.ClassName)
            return LocalProvider.FromNode(inner, prefix);

        return StoragePath.TryParse(prefix.Trim('/'), out var folder)
            ? new PrefixStorage(StorageLocation.Open(inner), folder)
            : throw new FormatException($"the field 'prefix' of '{ClassName}' is not a path of a folder");
    }
}
