using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Azure;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Azure;

/// <summary>What is particular to Azure, looked at from beside the storage with a client of its own.</summary>
public sealed class AzureStorageTests(AzuriteServer server) : IAsyncLifetime
{
    private const int Large = 500_000;

    private AzureSettings _settings = null!;
    private AzureStorage _storage = null!;
    private BlobContainerClient _client = null!;

    private string Prefix => $"{_settings.Root}/";

    public async ValueTask InitializeAsync()
    {
        await server.NeedAsync();
        _settings = AzureStores.Settings(server);
        _storage = new AzureStorage(_settings);
        _client = new BlobContainerClient(new Uri($"{_settings.Endpoint}/{_settings.Container}"), _settings.Key);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(10)]
    [InlineData(Large)]
    public async Task Write_Committed_IsOneBlobUnderItsPath(int size)
    {
        await _storage.WriteAsync("folder/blob", Bytes(size));

        Assert.Equal([$"{Prefix}folder/blob"], await NamesAsync());
    }

    [Fact]
    public async Task Write_DisposedWithoutCommit_LeavesNoBlocks()
    {
        await using (var pending = await _storage.BeginWriteAsync(WriteTarget.At(At("blob")), CancellationToken.None))
            await pending.WriteAsync(Bytes(Large), CancellationToken.None);

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task RemoveAbandonedWrites_OfAKilledWriter_RemovesItsBlocks()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        var killed = await _storage.BeginWriteAsync(WriteTarget.At(At("other")), CancellationToken.None);
        await killed.WriteAsync(Bytes(Large), CancellationToken.None);

        Assert.Equal(["blob"], await _storage.ListAsync());
        Assert.Equal(0, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), CancellationToken.None));
        Assert.Equal(1, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
        Assert.Equal([$"{Prefix}blob"], await NamesAsync());
    }

    [Fact]
    public async Task Read_SeekAfterReplacement_FailsInsteadOfJoiningTwoBlobs()
    {
        await _storage.WriteAsync("blob", Bytes(Large));
        await using var open = await _storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await _storage.WriteAsync("blob", Bytes(Large, seed: 2));
        open.Position = 1_000;

        await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }

    [Fact]
    public async Task EveryCall_WithAWrongKey_IsDeniedAndTellsNoSecret()
    {
        var wrong = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var storage = new AzureStorage(_settings with { Key = new StorageSharedKeyCredential(AzuriteServer.Account, wrong) });
        Func<Task>[] calls =
        [
            () => storage.StatAsync("blob"),
            () => storage.ReadAsync("blob"),
            () => storage.WriteAsync("blob", Bytes(10)),
            () => storage.WriteAsync("blob", Bytes(Large)),
            () => storage.ListAsync(),
            () => storage.DeleteAsync(At("blob"), CancellationToken.None),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<StorageException>(call);
            Assert.True(error.Kind == StorageErrorKind.AccessDenied, error.ToString());
            Assert.DoesNotContain(wrong, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Write_IntoAMissingContainer_Fails() =>
        await AssertFailsAsync(StorageErrorKind.Failed, () => new AzureStorage(_settings with { Container = "no-such-container" }).WriteAsync("blob", Bytes(10)));

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var item in _client.GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, Prefix, CancellationToken.None))
            names.Add(item.Name);

        return names;
    }
}
