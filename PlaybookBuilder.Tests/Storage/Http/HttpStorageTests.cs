using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Http;

/// <summary>What is particular to web servers.</summary>
public sealed class HttpStorageTests(WebFileServer server) : IAsyncLifetime
{
    private readonly string _folder = $"{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync() => await server.NeedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Headers_AreSentWithEveryCall()
    {
        await server.PutAsync($"{WebFileServer.Guarded}/{_folder}/blob", Bytes(1_000));
        using var storage = new HttpStorage(HttpStores.Settings(server, $"{WebFileServer.Guarded}/{_folder}") with { Headers = [new(WebFileServer.Key, WebFileServer.Word)] });

        Assert.Equal(1_000, (await storage.StatAsync("blob"))?.Size);
        Assert.Equal(Bytes(1_000)[10..], await storage.ReadAsync("blob", new ByteRange(10)));
    }

    [Fact]
    public async Task Redirects_AreFollowed()
    {
        await server.PutAsync($"{_folder}/blob", Bytes(1_000));
        using var storage = new HttpStorage(HttpStores.Settings(server, $"moved/{_folder}"));

        Assert.Equal(1_000, (await storage.StatAsync("blob"))?.Size);
        Assert.Equal(Bytes(1_000), await storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_TakesNoHeadersAlong()
    {
        await server.PutAsync($"{WebFileServer.Guarded}/{_folder}", Bytes(10));
        await using var other = await RedirectingServer.StartAsync($"http://127.0.0.1:{server.Port}/{WebFileServer.Guarded}/{_folder}");
        using var storage = new HttpStorage(new HttpSettings { Root = other.Address, Headers = [new(WebFileServer.Key, WebFileServer.Word)] });

        await AssertFailsAsync(StorageErrorKind.AccessDenied, () => storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Ranges_OfAServerWithout_AreCutHere()
    {
        await server.PutAsync($"{_folder}/blob", Bytes(300_000));
        using var storage = new HttpStorage(HttpStores.Settings(server, $"without-ranges/{_folder}"));

        Assert.Equal(Bytes(300_000)[100_000..200_000], await storage.ReadAsync("blob", new ByteRange(100_000, 100_000)));
        await AssertFailsAsync(StorageErrorKind.RangeNotSatisfiable, () => storage.ReadAsync("blob", new ByteRange(300_000)));
        await using var open = await storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        open.Position = 250_000;
        Assert.Equal(Bytes(300_000)[250_000..], await ReadAllAsync(open));
    }

    [Fact]
    public async Task Read_MovedWhereNothingTellsTheFile_FailsInsteadOfGuessing()
    {
        await server.PutAsync($"{_folder}/blob", Bytes(300_000));
        using var storage = new HttpStorage(HttpStores.Settings(server, $"without-tags/{_folder}"));
        Assert.Equal(Bytes(300_000), await storage.ReadAsync("blob"));
        await using var open = await storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        open.Position = 250_000;

        await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }
}
