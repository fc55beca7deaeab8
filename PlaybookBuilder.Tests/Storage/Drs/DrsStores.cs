using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Drs;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Tests.Storage.Drs;

internal static class DrsStores
{
    /// <summary>The bundle of a server.</summary>
    public static DrsSettings Settings(int port) => new()
    {
        Server = ("http", $"127.0.0.1:{port}"),
        Root = StoragePath.Parse(DrsServer.Root),
        Headers = [DrsServer.Token],
        Retries = new CallRetries(8, TimeSpan.Zero, TimeSpan.FromSeconds(20)),
    };
}
