using PlaybookBuilder.Core.Storage.Configuration;

namespace PlaybookBuilder.Core.Storage.Overlay;

/// <summary><c>{"cls": "ufs.impl.overlay.Overlay", "lower": {...}, "upper": {...}}</c></summary>
internal static class OverlayProvider
{
    public const string ClassName = "ufs.impl.overlay.Overlay";

    public static IStorage FromNode(StorageNode node, Func<StorageNode, IStorage> open)
    {
        node.RequireOnly("lower", "upper");
        return new OverlayStorage(open(node.Node("lower")), open(node.Node("upper")));
    }
}
