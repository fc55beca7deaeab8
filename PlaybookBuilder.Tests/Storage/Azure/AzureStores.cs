using Azure.Storage;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Azure;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Azure;

/// <summary>Storages in the emulator's container, each in a folder of its own. Blocks are small, so that blobs of ordinary tests have several, and copies are made both ways.</summary>
internal static class AzureStores
{
    public static AzureSettings Settings(AzuriteServer server, int? port = null) => new()
    {
        Container = AzuriteServer.Container,
        Root = StoragePath.Parse($"test {Guid.NewGuid():N}"),
        Endpoint = new Uri($"http://127.0.0.1:{port ?? server.Port}/{AzuriteServer.Account}"),
        Key = new StorageSharedKeyCredential(AzuriteServer.Account, server.Key),
        BlockSize = 64 * 1024,
        LargestCopyInOneCall = 200_000,
        Retries = new CallRetries(8, TimeSpan.Zero, TimeSpan.FromSeconds(20)),
    };
}
