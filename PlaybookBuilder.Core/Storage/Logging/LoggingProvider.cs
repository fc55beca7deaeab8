using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Storage.Configuration;

namespace PlaybookBuilder.Core.Storage.Logging;

/// <summary><c>{"cls": "ufs.impl.logger.Logger", "ufs": {...}}</c></summary>
internal static class LoggingProvider
{
    public const string ClassName = "ufs.impl.logger.Logger";

    public static IStorage FromNode(StorageNode node, Func<StorageNode, IStorage> open)
    {
        node.RequireOnly("ufs");
        return new LoggingStorage(open(node.Node("ufs")), new StorageLog(node.Loggers.CreateLogger<LoggingStorage>()));
    }
}
