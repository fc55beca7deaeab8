using Amazon.Runtime;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.S3;

public sealed class S3StorageRefusals(CephGateway gateway) : RefusalConformance
{
    private protected override async Task<IStorage> CreateRefusingAsync()
    {
        await gateway.NeedAsync();
        return new S3Storage(S3Stores.Settings(gateway.Port) with { Credentials = new BasicAWSCredentials(CephGateway.AccessKey, "another word") });
    }
}
