using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Components;

namespace PlaybookBuilder.Tests.Api;

public sealed class DataApiTests : IAsyncLifetime
{
    private static readonly Datum Set = Datum.OfJson("Set[Gene]", """{"set":["TP53","größe"],"description":"mine"}""");
    private static readonly Datum Scored = Datum.OfJson("Scored[Gene]", """[{"term":"A","zscore":1},{"term":"B","zscore":"nan"},{"term":"C","zscore":3}]""");
    private static readonly Datum File = Datum.OfJson("FileURL", """{"url":"drs://here/1","filename":"größe.csv"}""");
    private static readonly Datum Matrix = Datum.OfJson("GeneCountMatrix", """{"url":"drs://here/m","filename":"m.tsv","shape":[2,2],"index":["TP53","größe"],"columns":["s1","s2"],"values":[[1,2.5],[3,4]],"ellipses":[null,null]}""");
    private static readonly Datum GoneFile = Datum.OfJson("FileURL", """{"url":"drs://here/2","filename":"gone.csv"}""");

    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddViewsAndForms().AddAuthorization();
        builder.Services.AddSingleton(TestCatalog.Instance).AddSingleton<IPlaybookStore>(await StoreAsync()).AddSingleton<IStorage>(await StorageAsync()).AddSingleton<UploadContents>().AddSingleton<IUploadStore, MadeByProcesses>();
        _app = builder.Build();
        _app.Use(static (context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity("test"));
            return next(context);
        });
        _app.UseRouting();
        _app.UseAuthorization();
        _app.MapData();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Value_Stored_IsKeptForGood()
    {
        var response = await GetAsync($"api/data/{Set.Id}");

        Assert.Equal(Set.Value, await TextAsync(response));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Value_KnownToTheClient_IsNotSentAgain()
    {
        var first = await GetAsync($"api/data/{Set.Id}");

        var second = await GetAsync($"api/data/{Set.Id}", request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await TextAsync(second));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/table.csv")]
    [InlineData("/library.gmt")]
    public async Task AnyForm_ClientTakesGzip_IsZipped(string form)
    {
        var plain = await TextAsync(await GetAsync($"api/data/{Set.Id}{form}"));

        var response = await GetAsync($"api/data/{Set.Id}{form}", request => request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip")));

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var zip = new GZipStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        Assert.Equal(plain, await new StreamReader(zip).ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Table_FilteredAndSorted_IsWhatIsShown()
    {
        var response = await GetAsync($"api/data/{Scored.Id}/table.csv?sort=1&descending=true");

        Assert.Equal("Gene,ZScore\r\nC,3\r\nA,1\r\nB,nan\r\n", await TextAsync(response));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task Library_OfASet_IsOneLine() =>
        Assert.Equal("Gene Set\tmine\tTP53\tgröße\n", await TextAsync(await GetAsync($"api/data/{Set.Id}/library.gmt")));

    [Theory]
    [InlineData("table.xlsx")]
    [InlineData("library.dmt")]
    [InlineData("file")]
    public async Task OtherForm_OfASet_IsNotFound(string form) =>
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"api/data/{Set.Id}/{form}")).StatusCode);

    [Theory]
    [InlineData("api/data/00000000-0000-0000-0000-000000000000")]
    [InlineData("api/data/00000000-0000-0000-0000-000000000000/table.csv")]
    [InlineData("api/data/no-id")]
    public async Task UnknownValue_IsNotFound(string address) => Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(address)).StatusCode);

    [Fact]
    public async Task Head_Value_HasTheHeadersAlone()
    {
        var response = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"api/data/{Set.Id}"), TestContext.Current.CancellationToken);

        Assert.NotNull(response.Headers.ETag);
        Assert.Empty(await TextAsync(response));
    }

    [Fact]
    public async Task File_Stored_IsAnAttachmentUnderItsName()
    {
        var response = await GetAsync($"api/data/{File.Id}/file");

        Assert.Equal("bytes", await TextAsync(response));
        Assert.Equal("größe.csv", response.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Matrix_Stored_IsCsvOfGenesBySamples()
    {
        var response = await GetAsync($"api/data/{Matrix.Id}/matrix.csv");

        Assert.Equal(",s1,s2\nTP53,1,2.5\ngröße,3,4\n", await TextAsync(response));
    }

    [Fact]
    public async Task Matrix_OfAFileThatIsNone_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"api/data/{File.Id}/matrix.csv")).StatusCode);

    [Fact]
    public async Task File_Deleted_SaysSo()
    {
        var response = await GetAsync($"api/data/{GoneFile.Id}/file");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("was deleted.", await TextAsync(response));
    }

    private static async Task<MemoryPlaybookStore> StoreAsync()
    {
        var store = new MemoryPlaybookStore();
        var playbook = Playbook.Empty;
        foreach (var datum in new[] { Set, Scored, File, GoneFile, Matrix }) playbook = playbook.Extend(new Process(datum.Type, datum));
        await store.SaveAsync(playbook, TestContext.Current.CancellationToken);
        return store;
    }

    private static async Task<IStorage> StorageAsync()
    {
        var storage = new MemoryStorage(TimeProvider.System);
        foreach (var (id, text) in new[] { ("1", "bytes"), ("m", "\ts1\ts2\nTP53\t1\t2.5\ngröße\t3\t4\n") })
        {
            await using var pending = await storage.BeginWriteAsync(WriteTarget.Within(null), TestContext.Current.CancellationToken);
            await pending.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
            await pending.CommitAsync(StoragePath.Parse(id), TestContext.Current.CancellationToken);
        }

        return storage;
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> GetAsync(string address, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        change?.Invoke(request);
        return _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class MadeByProcesses : IUploadStore
    {
        public Task<Upload?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<Upload?>(new(id, id, 5, "file", null, default));

        public Task<IReadOnlyList<NamedUpload>> FindNamedAsync(IReadOnlyCollection<UploadGrant> named, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<UploadForProcess> FindForProcessAsync(string id, Guid processId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AddAsync(Upload upload, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> AddFinishedAsync(Upload upload, string resumableId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Upload?> DeleteAsync(string id, Guid? userId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<DeletedUpload>> ListDeletedAsync(string after, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> FreeAsync(DeletedUpload deleted, Func<Task> removeBytes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RemoveUnusedAsync(string sha256, Func<Task> removeBytes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StoredFiles> MeasureAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
