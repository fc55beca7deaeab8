using Amazon.Runtime;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.S3;

/// <summary>Storages in the gateway's bucket, each in a folder of its own. Parts are small, so that blobs of ordinary tests have several.</summary>
internal static class S3Stores
{
    public static S3Settings Settings(int port, string? folder = null) => new()
    {
        Bucket = CephGateway.Bucket,
        Root = StoragePath.Parse(folder ?? $"test {Guid.NewGuid():N}"),
        Endpoint = new Uri($"http://127.0.0.1:{port}"),
        IsPathStyle = true,
        Credentials = new BasicAWSCredentials(CephGateway.AccessKey, CephGateway.SecretKey),
        PartSize = CephGateway.SmallestPart * 2,
        CopyPartSize = CephGateway.SmallestPart * 4,
        Retries = new CallRetries(8, TimeSpan.Zero, TimeSpan.FromSeconds(20)),
    };
}
