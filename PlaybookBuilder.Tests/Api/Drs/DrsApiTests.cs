using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api.Drs;

/// <summary>DRS 1.5 as the local user asks; who else may what stands in the table of permissions.</summary>
public sealed class DrsApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Root = "/ga4gh/drs/v1";

    // Such that parts can be told from one another.
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1_000).Select(static i => (byte)(i % 251))];

    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServiceInfo_SaysWhatItIs()
    {
        var info = await JsonAsync(HttpMethod.Get, "/service-info");

        Assert.Equal(("org.ga4gh", "drs", "1.5.0"), ($"{info["type"]!["group"]}", $"{info["type"]!["artifact"]}", $"{info["type"]!["version"]}"));
        Assert.Equal("localhost.drs", $"{info["id"]}");
        Assert.NotEmpty($"{info["organization"]!["name"]}");
        Assert.Equal(1_000, info["maxBulkRequestLength"]!.GetValue<int>());
        await DrsSpecification.CheckAsync(info, "200ServiceInfo");
    }

    [Fact]
    public async Task Object_ByItsId_IsAsTheSpecificationHasIt()
    {
        var id = await UploadAsync("my counts (1).h5ad");

        var found = await JsonAsync(HttpMethod.Get, $"/objects/{id}");

        Assert.Equal((id, $"drs://localhost/{id}", "my_counts__1_.h5ad", 1_000L), ($"{found["id"]}", $"{found["self_uri"]}", $"{found["name"]}", found["size"]!.GetValue<long>()));
        Assert.Equal((Sha256, "sha-256"), ($"{found["checksums"]![0]!["checksum"]}", $"{found["checksums"]![0]!["type"]}"));
        Assert.Equal("application/x-hdf5", $"{found["mime_type"]}");
        var access = Assert.Single(found["access_methods"]!.AsArray())!;
        Assert.Equal(("https", "https", true), ($"{access["type"]}", $"{access["access_id"]}", access["available"]!.GetValue<bool>()));
        Assert.Equal(Content, await server.Client.GetByteArrayAsync($"{access["access_url"]!["url"]}", Cancellation));
        await DrsSpecification.CheckAsync(found, "200OkDrsObject");
        await DrsSpecification.CheckAsync(await JsonAsync(HttpMethod.Post, $"/objects/{id}", """{"expand": true, "passports": ["a.b.c"]}"""), "200OkDrsObject");
    }

    [Fact]
    public async Task Object_ByItsChecksum_IsOneOfTheAskersOwn()
    {
        var first = await UploadAsync("a.txt");
        await UploadAsync("b.txt");

        var found = await JsonAsync(HttpMethod.Get, $"/objects/{Sha256}");
        var again = await JsonAsync(HttpMethod.Get, $"/objects/{Sha256}");

        Assert.Equal((Sha256, $"drs://localhost/{Sha256}"), ($"{found["id"]}", $"{found["self_uri"]}"));
        Assert.Equal($"{found["aliases"]![0]}", $"{again["aliases"]![0]}");
        Assert.Equal(Sha256, $"{(await JsonAsync(HttpMethod.Get, $"/objects/{first}"))["aliases"]![0]}");
        Assert.Equal(Content, await server.Client.GetByteArrayAsync($"{Root}/objects/{Sha256}/access/https/data", Cancellation));
    }

    [Fact]
    public async Task Access_OfAnObject_IsAnObjectWithTheUrl()
    {
        var id = await UploadAsync();
        var access = await JsonAsync(HttpMethod.Get, $"/objects/{id}/access/https");

        Assert.Equal(Content, await server.Client.GetByteArrayAsync($"{access["url"]}", Cancellation));
        await DrsSpecification.CheckAsync(access, "200OkAccess");
        await DrsSpecification.CheckAsync(await JsonAsync(HttpMethod.Post, $"/objects/{id}/access/https", "{}"), "200OkAccess");
    }

    [Fact]
    public async Task Options_OfAnObject_SaysHowToAsk()
    {
        var id = await UploadAsync();

        var one = await JsonAsync(HttpMethod.Options, $"/objects/{id}");
        var many = await JsonAsync(HttpMethod.Options, "/objects", $$"""{"bulk_object_ids": ["{{id}}", "none"]}""");

        Assert.Equal((id, "BearerAuth"), ($"{one["drs_object_id"]}", $"{one["supported_types"]![0]}"));
        Assert.Equal(one.ToJsonString(), Assert.Single(many["resolved_drs_object"]!.AsArray())!.ToJsonString());
        await DrsSpecification.CheckAsync(one, "200OkAuthorizations");
        await DrsSpecification.CheckAsync(many, "200OkBulkAuthorizations");
    }

    [Fact]
    public async Task Objects_SomeOfThemThere_AreAnsweredWithTheOthersCodes()
    {
        var (first, second) = (await UploadAsync(), await UploadAsync());

        var found = await JsonAsync(HttpMethod.Post, "/objects", $$"""{"bulk_object_ids": ["{{first}}", "none", "{{second}}", "nor this", "{{first}}"]}""");

        Assert.Equal([first, second], found["resolved_drs_object"]!.AsArray().Select(one => $"{one!["id"]}"));
        Assert.Equal((4, 2, 2), (found["summary"]!["requested"]!.GetValue<int>(), found["summary"]!["resolved"]!.GetValue<int>(), found["summary"]!["unresolved"]!.GetValue<int>()));
        var unresolved = Assert.Single(found["unresolved_drs_objects"]!.AsArray())!;
        Assert.Equal(404, unresolved["error_code"]!.GetValue<int>());
        Assert.Equal(["none", "nor this"], unresolved["object_ids"]!.AsArray().Select(id => $"{id}"));
        await DrsSpecification.CheckAsync(found, "200OkDrsObjects");
    }

    [Fact]
    public async Task Accesses_SomeOfThemThere_AreAnsweredWithTheOthersCodes()
    {
        var id = await UploadAsync();

        var found = await JsonAsync(HttpMethod.Post, "/objects/access", $$"""{"bulk_object_access_ids": [{"bulk_object_id": "{{id}}", "bulk_access_ids": ["https", "signed"]}, {"bulk_object_id": "none", "bulk_access_ids": ["https"]}]}""");

        var url = Assert.Single(found["resolved_drs_object_access_urls"]!.AsArray())!;
        Assert.Equal((id, "https"), ($"{url["drs_object_id"]}", $"{url["drs_access_id"]}"));
        Assert.Equal(Content, await server.Client.GetByteArrayAsync($"{url["url"]}", Cancellation));
        Assert.Equal(2, found["summary"]!["unresolved"]!.GetValue<int>());
        await DrsSpecification.CheckAsync(found, "200OkAccesses");
    }

    [Theory]
    [InlineData("GET", "/objects/none", null, 404)]
    [InlineData("GET", "/objects/none?expand=perhaps", null, 400)]
    [InlineData("GET", "/objects/a%2Fb%20%F0%9F%A7%AC", null, 404)]
    [InlineData("GET", "/objects/none/access/https", null, 404)]
    [InlineData("GET", "/objects/none/access/https/data", null, 404)]
    [InlineData("OPTIONS", "/objects/none", null, 404)]
    [InlineData("GET", "/nothing", null, 404)]
    [InlineData("GET", "/objects", null, 405)]
    [InlineData("PUT", "/objects/none", "{}", 405)]
    [InlineData("DELETE", "/service-info", null, 405)]
    [InlineData("POST", "/objects/none", "[]", 400)]
    [InlineData("POST", "/objects/none", "{", 400)]
    [InlineData("POST", "/objects/none", """{"passports": "a"}""", 400)]
    [InlineData("POST", "/objects/none", """{"expand": "yes"}""", 400)]
    [InlineData("POST", "/objects", "{}", 400)]
    [InlineData("POST", "/objects", """{"bulk_object_ids": [1]}""", 400)]
    [InlineData("POST", "/objects", """{"bulk_object_ids": ["\ud800"]}""", 400)]
    [InlineData("POST", "/objects/access", """{"bulk_object_access_ids": ["a"]}""", 400)]
    [InlineData("POST", "/objects/access", """{"bulk_object_access_ids": [{"bulk_object_id": "a"}]}""", 400)]
    public async Task Ask_ForWhatIsNotThereOrWrongly_IsAnErrorOfTheSpecification(string method, string path, string? body, int status)
    {
        using var answer = await SendAsync(new HttpMethod(method), path, body);

        await AssertErrorAsync(answer, status);
    }

    [Fact]
    public async Task Ask_ForTooMany_IsTooLarge()
    {
        var ids = string.Join(',', Enumerable.Range(0, 1_001).Select(static i => $"\"{i}\""));
        using var objects = await SendAsync(HttpMethod.Post, "/objects", $$"""{"bulk_object_ids": [{{ids}}]}""");
        using var accesses = await SendAsync(HttpMethod.Post, "/objects/access", $$"""{"bulk_object_access_ids": [{"bulk_object_id": "a", "bulk_access_ids": [{{ids}}]}]}""");

        await AssertErrorAsync(objects, 413);
        await AssertErrorAsync(accesses, 413);
    }

    [Fact]
    public async Task Ask_WithAWrongToken_IsRefusedInTheSameForm()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}/objects/none") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "pb_wrong") } };
        using var answer = await server.Client.SendAsync(request, Cancellation);

        await AssertErrorAsync(answer, 401);
    }

    [Fact]
    public async Task Data_Whole_SaysAllThatIsKnownOfIt()
    {
        var id = await UploadAsync("Größe \"1\".html");
        using var answer = await SendAsync(HttpMethod.Get, DataOf(id));
        using var head = await SendAsync(HttpMethod.Head, DataOf(id));

        Assert.Equal(Content, await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(($"\"{Sha256}\"", 1_000L, "bytes"), (answer.Headers.ETag!.ToString(), answer.Content.Headers.ContentLength!.Value, answer.Headers.AcceptRanges.Single()));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(Content))}:", answer.Headers.GetValues("Repr-Digest").Single());
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment; filename=\"Gr__e \\\"1\\\".html\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.html", string.Join(';', answer.Content.Headers.GetValues("Content-Disposition")));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal((HttpStatusCode.OK, 1_000L), (head.StatusCode, head.Content.Headers.ContentLength!.Value));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(answer.Headers.ETag, head.Headers.ETag);
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=990-", 990, 10)]
    [InlineData("bytes=-7", 993, 7)]
    [InlineData("bytes=-2000", 0, 1_000)]
    [InlineData("bytes=500-5000", 500, 500)]
    [InlineData("bytes=1-3, 2000-", 1, 3)]
    public async Task Data_OfARange_IsThatPart(string range, int offset, int length)
    {
        using var answer = await SendAsync(HttpMethod.Get, DataOf(await UploadAsync()), null, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes {offset}-{offset + length - 1}/1000", answer.Content.Headers.ContentRange!.ToString());
        Assert.Equal(Content[offset..(offset + length)], await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Data_OfManyRanges_IsAllOfThemWithTheirPlaces()
    {
        using var answer = await SendAsync(HttpMethod.Get, DataOf(await UploadAsync()), null, ("Range", "bytes=0-1, 500-503, -3"));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        var reader = new Microsoft.AspNetCore.WebUtilities.MultipartReader(answer.Content.Headers.ContentType!.Parameters.Single().Value!, await answer.Content.ReadAsStreamAsync(Cancellation));
        foreach (var (offset, length) in new[] { (0, 2), (500, 4), (997, 3) })
        {
            var part = (await reader.ReadNextSectionAsync(Cancellation))!;
            using var bytes = new MemoryStream();
            await part.Body.CopyToAsync(bytes, Cancellation);
            Assert.Equal($"bytes {offset}-{offset + length - 1}/1000", part.Headers!["Content-Range"]);
            Assert.Equal(Content[offset..(offset + length)], bytes.ToArray());
        }

        Assert.Null(await reader.ReadNextSectionAsync(Cancellation));
    }

    [Theory]
    // Not understood, or no way to read a file: the whole.
    [InlineData(200, "Range", "lines=1-2")]
    [InlineData(200, "Range", "bytes=9-1")]
    [InlineData(200, "Range", "bytes=0-600, 100-800")]
    [InlineData(200, "Range", "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20,22-22,24-24,26-26,28-28,30-30,32-32")]
    [InlineData(200, "Range", "bytes=0-1", "If-Range", "\"another\"")]
    [InlineData(200, "Range", "bytes=0-1", "If-Range", "W/\"TAG\"")]
    [InlineData(206, "Range", "bytes=0-1", "If-Range", "\"TAG\"")]
    [InlineData(304, "If-None-Match", "\"TAG\"")]
    [InlineData(304, "If-None-Match", "W/\"TAG\"")]
    [InlineData(304, "If-None-Match", "\"another\", \"TAG\"")]
    [InlineData(200, "If-None-Match", "\"another\"")]
    [InlineData(304, "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")]
    [InlineData(200, "If-Match", "\"TAG\"")]
    [InlineData(412, "If-Match", "\"another\"")]
    [InlineData(412, "If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")]
    [InlineData(416, "Range", "bytes=1000-")]
    [InlineData(416, "Range", "bytes=2000-3000, 4000-5000")]
    public async Task Data_OnCondition_IsAnsweredAsHttpHasIt(int status, params string[] headers)
    {
        var all = headers.Chunk(2).Select(pair => (pair[0], pair[1].Replace("TAG", Sha256, StringComparison.Ordinal))).ToArray();
        using var answer = await SendAsync(HttpMethod.Get, DataOf(await UploadAsync()), null, all);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 200) Assert.Equal(Content, await answer.Content.ReadAsByteArrayAsync(Cancellation));
        if (status == 304) Assert.Equal($"\"{Sha256}\"", answer.Headers.ETag!.ToString());
        if (status == 416) Assert.Equal("bytes */1000", answer.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task Data_OfNothing_IsEmpty()
    {
        using var answer = await SendAsync(HttpMethod.Get, DataOf(await UploadAsync(content: [])));
        using var part = await SendAsync(HttpMethod.Get, DataOf(await UploadAsync(content: [])), null, ("Range", "bytes=0-"));

        Assert.Equal((HttpStatusCode.OK, 0L), (answer.StatusCode, answer.Content.Headers.ContentLength!.Value));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, part.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Data_ThatIsGoneOrCut_IsAFailureThatTellsNoPlace(bool isCut)
    {
        var content = Encoding.UTF8.GetBytes($"{Guid.NewGuid()}");
        var (id, path) = (await UploadAsync(content: content), FileIngest.PathOf(Convert.ToHexStringLower(SHA256.HashData(content))));
        var storage = server.Services.GetRequiredService<IStorage>();
        if (isCut) await storage.WriteAsync(path, new MemoryStream(content[1..]), Cancellation);
        else await storage.DeleteAsync(path, Cancellation);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var answer = await SendAsync(method, DataOf(id));
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            if (method == HttpMethod.Get) Assert.DoesNotContain(path.ToString(), (await AssertErrorAsync(answer, 500)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Object_ThatIsKnownToBeDamaged_IsNotGivenOutUntilItIsMended()
    {
        var content = Encoding.UTF8.GetBytes($"{Guid.NewGuid()}");
        var (id, sha256) = (await UploadAsync(content: content), Convert.ToHexStringLower(SHA256.HashData(content)));
        await server.Services.GetRequiredService<IStorage>().WriteAsync(FileIngest.PathOf(sha256), new MemoryStream(new byte[content.Length]), Cancellation);
        await server.Services.GetRequiredService<IModelDatabase>().WriteAsync(
            (context, token) =>
            {
                context.Add(new ContentCheckRow { Sha256 = sha256, Checked = DateTimeOffset.UtcNow, Problem = "Its bytes have another checksum." });
                return context.SaveChangesAsync(token);
            },
            Cancellation);

        foreach (var name in new[] { id, sha256 })
        {
            foreach (var path in new[] { DataOf(name), $"/objects/{name}/access/https" })
            {
                using var answer = await SendAsync(HttpMethod.Get, path, null, ("Range", "bytes=0-3"));
                var message = await AssertErrorAsync(answer, 500);
                Assert.Contains("damaged", message, StringComparison.Ordinal);
                Assert.DoesNotContain(sha256, message, StringComparison.Ordinal);
            }

            var found = await JsonAsync(HttpMethod.Get, $"/objects/{name}");
            await DrsSpecification.CheckAsync(found, "200OkDrsObject");
            var access = Assert.Single(found["access_methods"]!.AsArray())!;
            Assert.Equal((false, true), (access["available"]!.GetValue<bool>(), access["access_url"] is null));
        }

        var accesses = await JsonAsync(HttpMethod.Post, "/objects/access", $$"""{"bulk_object_access_ids": [{"bulk_object_id": "{{id}}", "bulk_access_ids": ["https"]}]}""");
        Assert.Equal(500, accesses["unresolved_drs_objects"]![0]!["error_code"]!.GetValue<int>());
        using (var download = await server.Client.GetAsync($"/api/v1/components/core/file/download?url=drs://localhost/{id}", Cancellation)) Assert.Equal(HttpStatusCode.InternalServerError, download.StatusCode);
        await UploadAsync(content: content);
        Assert.Equal(content, await server.Client.GetByteArrayAsync($"{Root}{DataOf(id)}", Cancellation));
        Assert.True((await JsonAsync(HttpMethod.Get, $"/objects/{id}"))["access_methods"]![0]!["available"]!.GetValue<bool>());
    }

    private static string DataOf(string id) => $"/objects/{id}/access/https/data";

    private static async Task<string> AssertErrorAsync(HttpResponseMessage answer, int status)
    {
        var error = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        Assert.Equal((status, status), ((int)answer.StatusCode, error["status_code"]!.GetValue<int>()));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty($"{error["msg"]}");
        if (status == 405) Assert.NotEmpty(answer.Content.Headers.Allow);
        await DrsSpecification.CheckAsync(error, "500InternalServerError");
        return $"{error["msg"]}";
    }

    private async Task<string> UploadAsync(string filename = "counts.csv", byte[]? content = null)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content ?? Content);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileNameStar = filename };
        form.Add(file);
        using var answer = await server.Client.PostAsync("/api/v1/components/core/file/upload", form, Cancellation);
        return $"{(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["file"]![0]!["url"]}".Split('/')[^1];
    }

    private async Task<JsonNode> JsonAsync(HttpMethod method, string path, string? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"{Root}{path}") { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await server.Client.SendAsync(request, Cancellation);
    }
}
