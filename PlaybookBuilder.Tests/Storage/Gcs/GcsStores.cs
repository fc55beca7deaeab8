using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Gcs;

/// <summary>Storages in the bucket, each in a folder of its own. Chunks are as small as the protocol has them, so that blobs of ordinary tests have several.</summary>
internal static class GcsStores
{
    public static GcsSettings Settings(GcsServer server, int? port = null) => new()
    {
        Bucket = GcsServer.Bucket,
        Root = StoragePath.Parse($"test {Guid.NewGuid():N}"),
        Endpoint = new Uri($"http://127.0.0.1:{port ?? server.Port}"),
        Account = server.Account(),
        ChunkSize = GcsSettings.ChunkUnit,
        Retries = new CallRetries(8, TimeSpan.Zero, TimeSpan.FromSeconds(20)),
    };
}
