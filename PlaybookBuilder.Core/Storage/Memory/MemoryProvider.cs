using PlaybookBuilder.Core.Storage.Configuration;

namespace PlaybookBuilder.Core.Storage.Memory;

/// <summary><c>{"cls": "ufs.impl.memory.Memory"}</c> or <c>memory:</c></summary>
internal static class MemoryProvider
{
    public const string ClassName = "ufs.impl.memory.Memory";

    public const string Scheme = "memory";

    public static IStorage FromNode(StorageNode node)
    {
        node.RequireOnly();
        return new MemoryStorage(TimeProvider.System);
    }

    public static IStorage FromUrl(string url) =>
        url.TrimEnd('/').Equals($"{Scheme}:", StringComparison.OrdinalIgnoreCase) ? new MemoryStorage(TimeProvider.System) : throw new FormatException("a memory storage has no path: write 'memory:'");
}
