using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Storage.Sbfs;

public sealed class SbfsStorageRefusals(SevenBridgesPlatform platform) : RefusalConformance, IClassFixture<SevenBridgesPlatform>
{
    private protected override Task<IStorage> CreateRefusingAsync() => Task.FromResult<IStorage>(new SbfsStorage(SbfsStores.Settings(platform) with { Token = "of-nobody" }));
}
