using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Storage.Sbfs;

public sealed class SbfsStorageConformance(SevenBridgesPlatform platform) : StorageConformance, IClassFixture<SevenBridgesPlatform>
{
    protected override IStorage Create() => new SbfsStorage(SbfsStores.Settings(platform));
}
