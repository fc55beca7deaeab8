using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Drs;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Drs;

/// <summary>What is particular to DRS.</summary>
public sealed class DrsStorageTests(ApiServer application) : IClassFixture<ApiServer>, IAsyncLifetime
{
    private DrsServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await DrsServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Object_OfThisApplication_IsReadByItsId()
    {
        using var body = new MultipartFormDataContent();
        using var bytes = new ByteArrayContent(Bytes(300_000));
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Add(bytes, "file", "counts.bin");
        using var answer = await application.Client.PostAsync("/api/v1/components/core/file/upload", body, Cancellation);
        var id = $"{JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["file"]![0]!["url"]}".Split('/')[^1];
        using var storage = new DrsStorage(new DrsSettings { Server = ("http", application.Client.BaseAddress!.Authority) });

        Assert.Equal(300_000, (await storage.StatAsync(id))?.Size);
        Assert.Equal(Bytes(300_000), await storage.ReadAsync(id));
        Assert.Equal(Bytes(300_000)[1_000..1_100], await storage.ReadAsync(id, new ByteRange(1_000, 100)));
        Assert.Null(await storage.StatAsync("no-such-object"));
    }

    [Fact]
    public async Task Bundle_ByItsCompactIdentifier_IsFoundOnceByTheResolver()
    {
        _server.Put("folder/blob", Bytes(1_000));
        _server.Places["dg.4503:the%2Fbundle"] = [Place("http://127.0.0.1:1/ga4gh/drs/v1/objects/gone", official: true, deprecated: true), Place("http://127.0.0.1:1/page"), Place($"http://127.0.0.1:{_server.Port}/ga4gh/drs/v1/objects/{DrsServer.Root}")];
        using var storage = new DrsStorage(DrsStores.Settings(_server.Port) with { Server = null, Root = null, Bundle = new CompactIdentifier("dg.4503", "the/bundle"), Resolver = _server.Resolver });

        Assert.Equal(Bytes(1_000), await storage.ReadAsync("folder/blob"));
        Assert.Equal(1_000, (await storage.StatAsync("folder/blob"))?.Size);
        Assert.Equal(1, _server.Resolved);
    }

    [Fact]
    public async Task Bundle_ByAnIdentifierThatNobodyKnows_Fails()
    {
        using var storage = new DrsStorage(DrsStores.Settings(_server.Port) with { Server = null, Root = null, Bundle = new CompactIdentifier("dg.4503", "none"), Resolver = _server.Resolver });
        var error = await Assert.ThrowsAsync<StorageException>(() => storage.ReadAsync("blob"));

        Assert.Equal(StorageErrorKind.Failed, error.Kind);
        Assert.Contains("dg.4503:none", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drs://dg.4503:abc", "dg.4503", "abc")]
    [InlineData("DRS://dg.4503:a%2Fb:c", "dg.4503", "a/b:c")]
    [InlineData("drs://host:8080", "host", "8080")]
    [InlineData("drs://host/id", null, null)]
    [InlineData("drs://host:8080/id", null, null)]
    [InlineData("drs://prefix:", null, null)]
    [InlineData("drs://:accession", null, null)]
    [InlineData("drs://pre fix:a", null, null)]
    [InlineData("drs://prefix:a?b", null, null)]
    [InlineData("https://prefix:a", null, null)]
    public void Identifiers_InCompactForm_AreToldFromHosts(string uri, string? prefix, string? accession)
    {
        var isOne = CompactIdentifier.TryParse(uri, out var identifier);

        Assert.Equal((prefix is not null, prefix, accession), (isOne, identifier?.Prefix, identifier?.Accession));
    }

    private static JsonObject Place(string url, bool official = false, bool deprecated = false) => new()
    {
        ["compactIdentifierResolvedUrl"] = url,
        ["official"] = official,
        ["deprecatedResource"] = deprecated,
        ["recommendation"] = new JsonObject { ["recommendationIndex"] = 50 },
    };
}
