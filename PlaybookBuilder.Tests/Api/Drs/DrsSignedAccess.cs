using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Permissions;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api.Drs;

/// <summary>DRS over a storage that signs URLs: the bytes come from where they are stored, to those who may have them.</summary>
public abstract class DrsSignedAccess : IAsyncLifetime
{
    private const string Objects = "/ga4gh/drs/v1/objects";

    // What the storage's own server says is not the application's, and asks nobody who he is.
    private readonly HttpClient _plain = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(300_000);
    private PermissionServer? _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = new PermissionServer("memory:", await StorageAsync());
        await _server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _plain.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A setting of <c>UFS_STORAGE</c> for a folder of its own.</summary>
    private protected abstract Task<string> StorageAsync();

    private protected abstract string? Cloud { get; }

    [Fact]
    public async Task Object_InAStorageThatSigns_HasAnAccessToWhereItIs()
    {
        var id = await UploadAsync();

        var found = await JsonAsync(Caller.Owner, HttpMethod.Get, $"{Objects}/{id}");

        await DrsSpecification.CheckAsync(found, "200OkDrsObject");
        var signed = Assert.Single(found["access_methods"]!.AsArray(), static access => $"{access!["access_id"]}" == "signed")!;
        Assert.Equal(("https", true, Cloud), ($"{signed["type"]}", signed["available"]!.GetValue<bool>(), signed["cloud"]?.GetValue<string>()));
        Assert.Equal("BearerAuth", $"{signed["authorizations"]!["supported_types"]![0]}");
    }

    [Fact]
    public async Task Access_Signed_GivesTheBytesToWhoeverHasTheUrl()
    {
        var id = await UploadAsync();

        var one = await JsonAsync(Caller.Owner, HttpMethod.Get, $"{Objects}/{id}/access/signed");
        var many = await JsonAsync(Caller.Owner, HttpMethod.Post, $"{Objects}/access", $$"""{"bulk_object_access_ids": [{"bulk_object_id": "{{id}}", "bulk_access_ids": ["https", "signed"]}]}""");

        await DrsSpecification.CheckAsync(one, "200OkAccess");
        var ofMany = Assert.Single(many["resolved_drs_object_access_urls"]!.AsArray(), static access => $"{access!["drs_access_id"]}" == "signed")!;
        foreach (var url in new[] { one["url"]!, ofMany["url"]! })
        {
            Assert.NotEqual(_server!.Address.Authority, new Uri($"{url}").Authority);
            Assert.Equal(_content, await _plain.GetByteArrayAsync($"{url}", Cancellation));
        }

        using var part = new HttpRequestMessage(HttpMethod.Get, $"{one["url"]}") { Headers = { Range = new(100, 199) } };
        using var answer = await _plain.SendAsync(part, Cancellation);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(_content[100..200], await answer.Content.ReadAsByteArrayAsync(Cancellation));

        // What was signed for one file opens no other.
        var other = await JsonAsync(Caller.Owner, HttpMethod.Get, $"{Objects}/{await UploadAsync(RandomNumberGenerator.GetBytes(10))}/access/signed");
        var mixed = new UriBuilder($"{other["url"]}") { Query = new Uri($"{one["url"]}").Query };
        using var refused = await _plain.GetAsync(mixed.Uri, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Access_Signed_IsForThoseWhoMayHaveTheBytes()
    {
        var id = await UploadAsync();

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK],
            new[] { await AskAsync(Caller.Anonymous), await AskAsync(Caller.OtherUser), await AskAsync(Caller.Owner), await AskAsync(Caller.Admin) });
        using (var shared = await SendAsync(Caller.Owner, HttpMethod.Post, $"/api/v1/user/uploads/{id}/share", JsonContent.Create(new { sharing = "public" }))) Assert.Equal(HttpStatusCode.OK, shared.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Caller.Anonymous));

        async Task<HttpStatusCode> AskAsync(Caller caller)
        {
            using var answer = await SendAsync(caller, HttpMethod.Get, $"{Objects}/{id}/access/signed");
            return answer.StatusCode;
        }
    }

    private async Task<string> UploadAsync(byte[]? content = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content ?? _content), "file", "größe.bin" } };
        using var answer = await SendAsync(Caller.Owner, HttpMethod.Post, "/api/v1/components/core/file/upload", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return $"{(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["file"]![0]!["url"]}".Split('/')[^1];
    }

    private async Task<JsonNode> JsonAsync(Caller caller, HttpMethod method, string path, string? body = null)
    {
        using var answer = await SendAsync(caller, method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }

    private async Task<HttpResponseMessage> SendAsync(Caller caller, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        _server!.Credentials.First(credential => credential.Caller == caller && credential.Cookie is null).Show(request);
        return await _server.Client.SendAsync(request, Cancellation);
    }
}

public sealed class S3DrsSignedAccess(CephGateway gateway) : DrsSignedAccess
{
    // What speaks S3 without being AWS is nobody's cloud that the specification names.
    private protected override string? Cloud => null;

    private protected override async Task<string> StorageAsync()
    {
        await gateway.NeedAsync();
        return new JsonObject
        {
            ["cls"] = "ufs.impl.prefix.Prefix",
            ["prefix"] = $"/{CephGateway.Bucket}/test {Guid.NewGuid():N}",
            ["ufs"] = new JsonObject { ["cls"] = "ufs.impl.s3fs.S3", ["access_key"] = CephGateway.AccessKey, ["secret_access_key"] = CephGateway.SecretKey, ["endpoint_url"] = $"http://127.0.0.1:{gateway.Port}" },
        }.ToJsonString();
    }
}

public sealed class AzureDrsSignedAccess(AzuriteServer emulator) : DrsSignedAccess
{
    private protected override string? Cloud => "azure";

    private protected override async Task<string> StorageAsync()
    {
        await emulator.NeedAsync();
        return new JsonObject
        {
            ["cls"] = "ufs.impl.prefix.Prefix",
            ["prefix"] = $"/{AzuriteServer.Container}/test {Guid.NewGuid():N}",
            ["ufs"] = new JsonObject { ["cls"] = "playbook.azure.Azure", ["account"] = AzuriteServer.Account, ["key"] = emulator.Key, ["endpoint"] = $"http://127.0.0.1:{emulator.Port}/{AzuriteServer.Account}" },
        }.ToJsonString();
    }
}
