using System.Security.Cryptography;
using Azure.Storage;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Azure;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Azure;

public sealed class AzureStorageRefusals(AzuriteServer server) : RefusalConformance
{
    private protected override async Task<IStorage> CreateRefusingAsync()
    {
        await server.NeedAsync();
        return new AzureStorage(AzureStores.Settings(server) with { Key = new StorageSharedKeyCredential(AzuriteServer.Account, Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))) });
    }
}
