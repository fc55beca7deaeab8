using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Storage.Sbfs;

/// <summary>Storages in a folder of a project of the fake platform. Parts are small, and little is kept in memory, so that blobs of ordinary tests have several and wait on disk.</summary>
internal static class SbfsStores
{
    public static SbfsSettings Settings(SevenBridgesPlatform platform, Uri? address = null) => new()
    {
        Endpoint = address ?? platform.Fake.Address,
        Token = platform.Token,
        Project = platform.NewProject(),
        Root = StoragePath.Parse("tests/of it"),
        PartSize = 64 * 1024,
        LargestInMemory = 100_000,
        Retries = new CallRetries(8, TimeSpan.Zero, TimeSpan.FromSeconds(20)),
    };

    /// <summary>Through one port for the API and for the bytes, so that what breaks there breaks both.</summary>
    public static SbfsSettings Through(SevenBridgesPlatform platform, int port)
    {
        platform.Fake.StorageAddress = new Uri($"http://127.0.0.1:{port}");
        return Settings(platform, platform.Fake.StorageAddress);
    }
}
