using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files.Fetching;

namespace PlaybookBuilder.Tests.Files.Fetching;

/// <summary>Files by their URLs, from a server that the operator allowed although it is on this machine.</summary>
public sealed class FileFetchingTests(FileFetchingTests.Servers servers) : IClassFixture<FileFetchingTests.Servers>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Site => servers.Site.Address;

    [Theory]
    [InlineData("counts.csv", "counts.csv")]
    [InlineData("named", "Größe.csv")]
    [InlineData("to?url=/counts.csv", "to")]
    // It is away for two times, and then there.
    [InlineData("twice-away", "twice-away")]
    // It breaks off twice on the way, and sends the rest when it is asked.
    [InlineData("cut", "cut")]
    public async Task Fetch_AFile_IsAnUploadThen(string path, string filename)
    {
        var file = await FetchAsync($"{Site}{path}");

        Assert.Equal((filename, OtherSite.Content.Length), ($"{file["filename"]}", file["size"]!.GetValue<int>()));
        Assert.Equal(OtherSite.Content, await DownloadAsync(file));
    }

    [Theory]
    [InlineData("as-object", "by drs.csv")]
    [InlineData("by-id", "by_id.csv")]
    public async Task Fetch_AnObjectOfADrs_IsFoundByItsAccess(string id, string filename)
    {
        var file = await FetchAsync($"drs://127.0.0.1:{Site.Port}/{id}");

        Assert.Equal(filename, $"{file["filename"]}");
        Assert.Equal(OtherSite.Content, await DownloadAsync(file));
    }

    [Fact]
    public async Task Fetch_AFileThatIsHere_IsTakenWithoutTheNetwork()
    {
        var first = await FetchAsync($"{Site}counts.csv");
        var asked = servers.Site.Asked;

        var second = await FetchAsync($"{first["url"]}");

        Assert.NotEqual($"{first["url"]}", $"{second["url"]}");
        Assert.Equal($"{first["sha256"]}", $"{second["sha256"]}");
        Assert.Equal(asked, servers.Site.Asked);
    }

    [Theory]
    [InlineData("status/404", 422, "has no such file (404)")]
    [InlineData("status/403", 422, "does not give this file to everybody")]
    [InlineData("status/500", 422, "answered 500")]
    [InlineData("status/503", 422, "answered 503")]
    [InlineData("round", 422, "leads on")]
    [InlineData("to?url=file:///etc/passwd", 400, "'file:'")]
    [InlineData("to?url=http://127.0.0.2:1/", 400, "not at a public address")]
    [InlineData("to?url=http://a:b@127.0.0.1/", 400, "name and password")]
    [InlineData("cut-without-tag", 502, "broke off after")]
    [InlineData("too-large", 413, "larger than")]
    [InlineData("endless", 413, "larger than")]
    public async Task Fetch_WhatCannotBeHad_SaysWhy(string path, int status, string message) => await AssertRefusedAsync($"{Site}{path}", status, message);

    [Theory]
    [InlineData("none", 422, "has no such file")]
    [InlineData("bundle", 422, "in no way that is known here")]
    [InlineData("odd", 422, "answers no object of DRS")]
    public async Task Fetch_AnObjectThatCannotBeHad_SaysWhy(string id, int status, string message) => await AssertRefusedAsync($"drs://127.0.0.1:{Site.Port}/{id}", status, message);

    [Theory]
    [InlineData("http://127.0.0.1:PORT/", 502, "can't be reached")]
    [InlineData("http://nowhere.invalid/", 502, "no host")]
    [InlineData("", 400, "no URL")]
    [InlineData("counts.csv", 400, "no URL")]
    [InlineData("file:///etc/passwd", 400, "'file:'")]
    [InlineData("ftp://127.0.0.1/a", 400, "'ftp:'")]
    [InlineData("gopher://127.0.0.1/a", 400, "'gopher:'")]
    [InlineData("javascript:alert(1)", 400, "'javascript:'")]
    [InlineData("s3://bucket", 400, "s3://bucket/path")]
    [InlineData("s3://buck%2fet/a", 400, "")]
    public async Task Fetch_WhatIsNoUrl_SaysWhy(string url, int status, string message) => await AssertRefusedAsync(url.Replace("PORT", $"{UnusedPort()}", StringComparison.Ordinal), status, message);

    [Fact]
    public async Task Fetch_Progress_IsThatOfTheBytes()
    {
        var heard = new List<FetchProgress>();
        var fetching = servers.Server.Services.GetRequiredService<FileFetching>();

        await fetching.FetchAsync(new Actor(LocalAccount.Id), $"{Site}counts.csv", heard.Add, Cancellation);

        Assert.Equal(new FetchProgress(0, OtherSite.Content.Length), heard[0]);
        Assert.Equal(new FetchProgress(OtherSite.Content.Length, OtherSite.Content.Length), heard[^1]);
        Assert.Equal(heard.Select(static one => one.Received).Order(), heard.Select(static one => one.Received));
    }

    [Fact]
    public async Task Fetch_OfNobody_IsRefused() =>
        await Assert.ThrowsAsync<AccessException>(() => servers.Server.Services.GetRequiredService<FileFetching>().FetchAsync(Actor.Anonymous, $"{Site}counts.csv", static _ => { }, Cancellation));

    [Fact]
    public async Task Fetch_SendsNothingOfWhoAsks()
    {
        var file = await FetchAsync($"{Site}tells-headers");

        var names = Encoding.UTF8.GetString(await DownloadAsync(file)).Split('\n').Select(static line => line.Split(':')[0]).Order();
        Assert.Equal(["Accept-Encoding", "Host", "User-Agent"], names);
    }

    private static int UnusedPort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AssertRefusedAsync(string url, int status, string message)
    {
        using var answer = await servers.FetchAsync(url);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(message, $"{problem["detail"]}", StringComparison.Ordinal);
    }

    private async Task<JsonNode> FetchAsync(string url)
    {
        using var answer = await servers.FetchAsync(url);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }

    private Task<byte[]> DownloadAsync(JsonNode file) => servers.Client.GetByteArrayAsync($"/api/v1/components/core/file/download?url={file["url"]}", Cancellation);

    public sealed class Servers() : FetchServers((FetchOptions.Variable, "127.0.0.1"), ("UPLOAD_MAX_BYTES", "1000000"));
}
