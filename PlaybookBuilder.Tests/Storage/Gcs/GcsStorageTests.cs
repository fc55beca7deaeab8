using System.Security.Cryptography;
using System.Text;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Gcs;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Gcs;

/// <summary>What is particular to Google's store, looked at in the imitation of it.</summary>
public sealed class GcsStorageTests(GcsServer server) : IAsyncLifetime
{
    private const int Large = 700_000;

    private GcsSettings _settings = null!;
    private GcsStorage _storage = null!;

    private string Prefix => $"{_settings.Root}/";

    public async ValueTask InitializeAsync()
    {
        await server.NeedAsync();
        _settings = GcsStores.Settings(server);
        _storage = new GcsStorage(_settings);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(10)]
    [InlineData(GcsSettings.ChunkUnit)]
    [InlineData(GcsSettings.ChunkUnit + 1)]
    [InlineData(Large)]
    public async Task Write_Committed_IsOneObjectUnderItsPath(int size)
    {
        await _storage.WriteAsync("folder/blob", Bytes(size));

        Assert.Equal([$"{Prefix}folder/blob"], server.NamesBelow(Prefix));
        Assert.Equal(0, server.OpenUploads(Prefix));
    }

    [Fact]
    public async Task Write_DisposedWithoutCommit_LeavesNoUpload()
    {
        await using (var pending = await _storage.BeginWriteAsync(WriteTarget.At(At("blob")), CancellationToken.None))
        {
            await pending.WriteAsync(Bytes(Large), CancellationToken.None);
            Assert.Equal(1, server.OpenUploads(Prefix));
        }

        Assert.Equal(0, server.OpenUploads(Prefix));
        Assert.Empty(server.NamesBelow(Prefix));
    }

    [Fact]
    public async Task RemoveAbandonedWrites_OfAWriterKilledBeforeTheCopy_RemovesItsObject()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        var bucket = new GcsBucket(_settings);
        var session = await bucket.BeginUploadAsync(path: null, bucket.NewTemporaryKey(), CancellationToken.None);
        await bucket.SendAsync(path: null, session, 0, Bytes(100), 100, CancellationToken.None);

        Assert.Equal(["blob"], await _storage.ListAsync());
        Assert.Equal(0, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), CancellationToken.None));
        Assert.Equal(1, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
        Assert.Equal([$"{Prefix}blob"], server.NamesBelow(Prefix));
    }

    [Fact]
    public async Task Read_SeekAfterReplacement_FailsInsteadOfJoiningTwoObjects()
    {
        await _storage.WriteAsync("blob", Bytes(Large));
        await using var open = await _storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await _storage.WriteAsync("blob", Bytes(Large, seed: 2));
        open.Position = 1_000;

        await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }

    [Fact]
    public async Task Delete_OfAGenerationThatWasReplaced_LeavesTheNewOne()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        var bucket = new GcsBucket(_settings);
        var first = await bucket.HeadAsync(At("blob"), $"{Prefix}blob", CancellationToken.None);
        await _storage.WriteAsync("blob", Bytes(20));
        await bucket.DeleteAsync(At("blob"), $"{Prefix}blob", first!.Generation, CancellationToken.None);

        Assert.Equal(20, (await _storage.StatAsync("blob"))?.Size);
    }

    [Fact]
    public async Task EveryCall_WithAKeyThatGoogleDoesNotKnow_IsDeniedAndTellsNoSecret()
    {
        using var other = RSA.Create(2048);
        var storage = new GcsStorage(_settings with { Account = server.Account(other) });
        foreach (var call in new Func<Task>[] { () => storage.StatAsync("blob"), () => storage.ReadAsync("blob"), () => storage.WriteAsync("blob", Bytes(Large)), () => storage.ListAsync() })
        {
            var error = await Assert.ThrowsAsync<StorageException>(call);
            Assert.True(error.Kind == StorageErrorKind.AccessDenied, error.ToString());
            Assert.DoesNotContain("PRIVATE KEY", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SignedUrl_OfAnotherObject_IsRefused()
    {
        await _storage.WriteAsync("a", Bytes(10));
        await _storage.WriteAsync("b", Bytes(10));
        var url = await _storage.SignReadUrlAsync(At("a"), TimeSpan.FromMinutes(5), CancellationToken.None);
        using var client = new HttpClient();
        Assert.Equal(Bytes(10), await client.GetByteArrayAsync(url, TestContext.Current.CancellationToken));
        using var answer = await client.GetAsync(new Uri(url.AbsoluteUri.Replace("/a?", "/b?", StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
        await AssertFailsAsync(StorageErrorKind.Unsupported, () => _storage.SignReadUrlAsync(At("a"), TimeSpan.FromDays(8), CancellationToken.None));
    }

    [Fact]
    public async Task Write_IntoAMissingBucket_Fails() =>
        await AssertFailsAsync(StorageErrorKind.Failed, () => new GcsStorage(_settings with { Bucket = "no-such-bucket" }).WriteAsync("blob", Bytes(10)));

    /// <summary>The check value of CRC-32/ISCSI, which is this one.</summary>
    [Theory]
    [InlineData("123456789", "4waSgw==")]
    [InlineData("", "AAAAAA==")]
    public void Checksum_OfKnownText_IsTheKnownOne(string text, string sum) => Assert.Equal(sum, Crc32C.Of(Encoding.ASCII.GetBytes(text)));
}
