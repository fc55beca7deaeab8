using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.S3;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.S3;

/// <summary>What is particular to S3, looked at from beside the storage with a client of its own.</summary>
public sealed class S3StorageTests(CephGateway gateway) : IAsyncLifetime
{
    private const int Large = 500_000;

    private S3Settings _settings = null!;
    private S3Storage _storage = null!;
    private AmazonS3Client _client = null!;

    private string Prefix => $"{_settings.Root}/";

    public async ValueTask InitializeAsync()
    {
        await gateway.NeedAsync();
        _settings = S3Stores.Settings(gateway.Port);
        _storage = new S3Storage(_settings);
        _client = new AmazonS3Client(_settings.Credentials, new AmazonS3Config { ServiceURL = _settings.Endpoint!.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1", RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED });
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Write_Committed_IsOneObjectUnderItsPath()
    {
        await _storage.WriteAsync("folder/blob", Bytes(Large));

        Assert.Equal([$"{Prefix}folder/blob"], await KeysAsync());
        Assert.Empty(await UploadsAsync());
    }

    [Fact]
    public async Task Write_NameKnownLast_LeavesNoTemporaryObject()
    {
        await using (var pending = await _storage.BeginWriteAsync(WriteTarget.Within(At("folder")), CancellationToken.None))
        {
            await pending.WriteAsync(Bytes(Large), CancellationToken.None);
            await pending.CommitAsync(At("folder/late"), CancellationToken.None);
        }

        Assert.Equal([$"{Prefix}folder/late"], await KeysAsync());
        Assert.Equal(Bytes(Large), await _storage.ReadAsync("folder/late"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_DisposedWithoutCommit_RemovesItsParts(bool isNameKnown)
    {
        await using (var pending = await _storage.BeginWriteAsync(isNameKnown ? WriteTarget.At(At("blob")) : WriteTarget.Within(null), CancellationToken.None))
        {
            await pending.WriteAsync(Bytes(Large), CancellationToken.None);
            Assert.NotEmpty(await UploadsAsync());
        }

        Assert.Empty(await UploadsAsync());
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task RemoveAbandonedWrites_OfKilledWriters_RemovesPartsAndTemporaryObjects()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        var killed = await _storage.BeginWriteAsync(WriteTarget.At(At("other")), CancellationToken.None);
        await killed.WriteAsync(Bytes(Large), CancellationToken.None);
        await _client.PutObjectAsync(new PutObjectRequest { BucketName = CephGateway.Bucket, Key = $"{Prefix}.pending-writes/0123", ContentBody = "left" });

        Assert.Equal(["blob"], await _storage.ListAsync());
        Assert.Equal(0, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), CancellationToken.None));
        Assert.Equal(2, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
        Assert.Empty(await UploadsAsync());
        Assert.Equal([$"{Prefix}blob"], await KeysAsync());
    }

    [Fact]
    public async Task Read_SeekAfterReplacement_FailsInsteadOfJoiningTwoObjects()
    {
        await _storage.WriteAsync("blob", Bytes(Large));
        await using var open = await _storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await _storage.WriteAsync("blob", Bytes(Large, seed: 2));
        open.Position = 1_000;

        var error = await Assert.ThrowsAsync<StorageException>(() => ReadAllAsync(open));
        Assert.Equal((StorageErrorKind.Failed, true), (error.Kind, error.Message.Contains("was replaced or deleted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Read_SeekAfterReplacementInABucketWithVersions_ReadsOn()
    {
        var bucket = $"versions-{Guid.NewGuid():N}";
        await _client.PutBucketAsync(bucket);
        await _client.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } });
        var storage = new S3Storage(_settings with { Bucket = bucket });
        await storage.WriteAsync("blob", Bytes(Large));
        await using var open = await storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await storage.WriteAsync("blob", Bytes(Large, seed: 2));
        await storage.DeleteAsync(At("blob"), CancellationToken.None);
        open.Position = 1_000;

        Assert.Equal(Bytes(Large)[1_000..], await ReadAllAsync(open));
    }

    [Fact]
    public async Task EveryCall_WithAWrongKey_IsDeniedAndTellsNoSecret()
    {
        var storage = new S3Storage(_settings with { Credentials = new BasicAWSCredentials(CephGateway.AccessKey, "not-the-secret") });
        Func<Task>[] calls =
        [
            () => storage.StatAsync("blob"),
            () => storage.ReadAsync("blob"),
            () => storage.WriteAsync("blob", Bytes(10)),
            () => storage.WriteAsync("blob", Bytes(Large)),
            () => storage.ListAsync(),
            () => storage.DeleteAsync(At("blob"), CancellationToken.None),
            () => storage.CopyAsync(At("blob"), At("copy"), CancellationToken.None),
            () => storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow, CancellationToken.None),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<StorageException>(call);
            Assert.True(error.Kind == StorageErrorKind.AccessDenied, error.ToString());
            Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Write_IntoAMissingBucket_Fails()
    {
        var storage = new S3Storage(_settings with { Bucket = "no-such-bucket" });

        await AssertFailsAsync(StorageErrorKind.Failed, () => storage.WriteAsync("blob", Bytes(10)));
    }

    [Fact]
    public async Task SignReadUrl_LongerThanTheProtocolAllows_IsUnsupported() =>
        await AssertFailsAsync(StorageErrorKind.Unsupported, () => _storage.SignReadUrlAsync(At("blob"), TimeSpan.FromDays(8), CancellationToken.None));

    [Fact]
    public async Task List_FoldersOfOtherPrograms_AreLeftOut()
    {
        await _storage.WriteAsync("folder/blob", Bytes(1));
        await _client.PutObjectAsync(new PutObjectRequest { BucketName = CephGateway.Bucket, Key = $"{Prefix}folder/", ContentBody = "" });

        Assert.Equal(["folder/blob"], await _storage.ListAsync());
    }

    private async Task<List<string>> KeysAsync() =>
        [.. ((await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = CephGateway.Bucket, Prefix = Prefix })).S3Objects ?? []).Select(static item => item.Key)];

    private async Task<List<string>> UploadsAsync() =>
        [.. ((await _client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = CephGateway.Bucket, Prefix = Prefix })).MultipartUploads ?? []).Select(static upload => upload.Key)];
}
