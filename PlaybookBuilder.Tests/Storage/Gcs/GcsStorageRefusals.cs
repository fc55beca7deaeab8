using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Gcs;

/// <summary>Of whoever asks without saying who.</summary>
public sealed class GcsStorageRefusals(GcsServer server) : RefusalConformance
{
    private protected override async Task<IStorage> CreateRefusingAsync()
    {
        await server.NeedAsync();
        return new GcsStorage(GcsStores.Settings(server) with { Account = null, IsAnonymous = true });
    }
}
