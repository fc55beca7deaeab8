using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Api.Tus;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Api.Tus;

/// <summary>tus 1.0 over HTTP.</summary>
public sealed class TusApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const int ChecksumMismatch = 460;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Options_WithoutAnyHeader_TellWhatIsSpoken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, TusApi.Path);
        using var answer = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(("1.0.0", "1.0.0"), (Header(answer, "Tus-Version"), Header(answer, "Tus-Resumable")));
        Assert.Equal("creation,creation-with-upload,checksum,termination,expiration", Header(answer, "Tus-Extension"));
        Assert.Equal(UploadOptions.DefaultMaxBytes.ToString(CultureInfo.InvariantCulture), Header(answer, "Tus-Max-Size"));
        Assert.Equal("sha256,sha1,md5", Header(answer, "Tus-Checksum-Algorithm"));
    }

    [Fact]
    public async Task Upload_InTwoRequests_BecomesAFile()
    {
        var bytes = Bytes(200_000);
        var address = await CreateAsync(bytes.Length, "größe.csv");

        using var first = await PatchAsync(address, 0, bytes[..50_000]);
        Assert.Equal((HttpStatusCode.NoContent, "50000"), (first.StatusCode, Header(first, "Upload-Offset")));
        Assert.True(DateTimeOffset.ParseExact(Header(first, "Upload-Expires")!, "R", CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.AddHours(23));
        using var head = await SendAsync(HttpMethod.Head, address);
        Assert.Equal((HttpStatusCode.OK, "50000", "200000", "no-store"), (head.StatusCode, Header(head, "Upload-Offset"), Header(head, "Upload-Length"), head.Headers.CacheControl!.ToString()));
        Assert.Equal($"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes("größe.csv"))}", Header(head, "Upload-Metadata"));
        Assert.Null(Header(head, "Upload-Address"));
        using var last = await PatchAsync(address, 50_000, bytes[50_000..]);

        Assert.Equal((HttpStatusCode.NoContent, "200000"), (last.StatusCode, Header(last, "Upload-Offset")));
        // To a program that knows nothing of tus.
        var upload = (await server.Client.GetFromJsonAsync<JsonNode>(address, Cancellation))!;
        Assert.Equal(Header(last, "Upload-Address"), upload["file"]!["url"]!.GetValue<string>());
        Assert.Equal(("größe.csv", Convert.ToHexStringLower(SHA256.HashData(bytes)), 200_000), (upload["file"]!["filename"]!.GetValue<string>(), upload["file"]!["sha256"]!.GetValue<string>(), upload["file"]!["size"]!.GetValue<long>()));
        Assert.Equal(bytes, await server.Client.GetByteArrayAsync($"{FileDownloadApi.Path}?url={Uri.EscapeDataString(Header(last, "Upload-Address")!)}", Cancellation));
    }

    [Fact]
    public async Task Create_WithAllOfTheFile_IsOneRequest()
    {
        using var answer = await CreateAsync(3, "one.txt", "one"u8.ToArray(), ("Upload-Checksum", $"md5 {Convert.ToBase64String(MD5.HashData("one"u8))}"));

        Assert.Equal((HttpStatusCode.Created, "3"), (answer.StatusCode, Header(answer, "Upload-Offset")));
        Assert.StartsWith("drs://localhost/", Header(answer, "Upload-Address"), StringComparison.Ordinal);
        Assert.StartsWith("tus/", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_AtAnAddressWithASlash_LeadsToTheSamePlace()
    {
        using var answer = await SendAsync(HttpMethod.Post, TusApi.Path + "/", ("Upload-Length", "5"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var head = await SendAsync(HttpMethod.Head, new Uri(answer.RequestMessage!.RequestUri!, answer.Headers.Location!).ToString());
        Assert.Equal("5", Header(head, "Upload-Length"));
    }

    [Theory]
    [InlineData("nothing", 400)]
    [InlineData("Upload-Length: -1", 400)]
    [InlineData("Upload-Length: 1.5", 400)]
    [InlineData("Upload-Length: 99999999999999999999", 400)]
    [InlineData("Upload-Defer-Length: 1", 400)]
    [InlineData("Upload-Length: 99999999999999", 413)]
    [InlineData("Upload-Length: 5|Upload-Metadata: filename not_base64!", 400)]
    [InlineData("Upload-Length: 5|Upload-Metadata: filename a b c", 400)]
    [InlineData("Upload-Length: 5|Tus-Resumable: 0.2.2", 412)]
    public async Task Create_Wrongly_IsRefusedInWords(string headers, int status)
    {
        using var answer = await SendAsync(HttpMethod.Post, TusApi.Path, [.. headers.Split('|').Where(static header => header.Contains(':')).Select(static header => (header.Split(": ")[0], header.Split(": ")[1]))]);

        await Problems.ReadAsync(answer, (HttpStatusCode)status);
        Assert.Equal("1.0.0", Header(answer, "Tus-Resumable"));
        if (status == 412) Assert.Equal("1.0.0", Header(answer, "Tus-Version"));
    }

    [Theory]
    [InlineData("Upload-Checksum: sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "application/offset+octet-stream", 460)]
    [InlineData("Upload-Checksum: crc32 AAAA", "application/offset+octet-stream", 400)]
    [InlineData("", "text/plain", 415)]
    public async Task Create_WithABodyThatIsWrong_LeavesNoUpload(string header, string type, int status)
    {
        using var answer = await CreateAsync(3, "one.txt", "one"u8.ToArray(), header.Length == 0 ? [("Content-Type", type)] : [(header.Split(": ")[0], header.Split(": ")[1])]);

        await Problems.ReadAsync(answer, (HttpStatusCode)status);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData(null, "application/offset+octet-stream", null, 400)]
    [InlineData("x", "application/offset+octet-stream", null, 400)]
    [InlineData("1", "application/offset+octet-stream", null, 409)]
    [InlineData("0", "application/octet-stream", null, 415)]
    [InlineData("0", "application/offset+octet-stream", "sha1", 400)]
    [InlineData("0", "application/offset+octet-stream", "sha1 AAAA", 400)]
    [InlineData("0", "application/offset+octet-stream", "md4 AAAAAAAAAAAAAAAAAAAAAA==", 400)]
    [InlineData("0", "application/offset+octet-stream", "md5 AAAAAAAAAAAAAAAAAAAAAA==", 460)]
    public async Task Patch_Wrongly_IsRefusedInWordsAndKeepsNothing(string? offset, string type, string? checksum, int status)
    {
        var address = await CreateAsync(5, "a");
        using var request = Request(HttpMethod.Patch, address);
        if (offset is not null) request.Headers.Add("Upload-Offset", offset);
        if (checksum is not null) request.Headers.Add("Upload-Checksum", checksum);
        request.Content = new ByteArrayContent("abcde"u8.ToArray()) { Headers = { { "Content-Type", type } } };
        using var answer = await server.Client.SendAsync(request, Cancellation);

        await Problems.ReadAsync(answer, (HttpStatusCode)status);
        Assert.Equal(status == 409 ? "0" : null, Header(answer, "Upload-Offset"));
        using var head = await SendAsync(HttpMethod.Head, address);
        Assert.Equal("0", Header(head, "Upload-Offset"));
    }

    [Fact]
    public async Task Patch_WithMoreThanWasAnnounced_IsTooLarge()
    {
        var address = await CreateAsync(5, "a");

        using var answer = await PatchAsync(address, 0, Bytes(6));

        await Problems.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Patch_WithTheRightChecksum_IsTaken()
    {
        var (address, bytes) = (await CreateAsync(100_000, "a"), Bytes(100_000));

        using var wrong = await PatchAsync(address, 0, bytes, ("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(bytes[1..]))}"));
        using var right = await PatchAsync(address, 0, bytes, ("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(bytes))}"));

        Assert.Equal(((HttpStatusCode)ChecksumMismatch, HttpStatusCode.NoContent), (wrong.StatusCode, right.StatusCode));
    }

    [Fact]
    public async Task Patch_WhoseConnectionIsCut_KeepsWhatCame()
    {
        // More than the buffers between hold, so that some of it has come when all is sent.
        const int Sent = 24_000_000;
        var bytes = Bytes(30_000_000);
        var address = new Uri(server.Client.BaseAddress!, await CreateAsync(bytes.Length, "a"));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(address.Host, address.Port, Cancellation);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"PATCH {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {bytes.Length}\r\n\r\n"), Cancellation);
            await stream.WriteAsync(bytes.AsMemory(0, Sent), Cancellation);
        }

        // The server hears of it when it does.
        var (received, begun) = (0, DateTimeOffset.UtcNow);
        while (received == 0 && DateTimeOffset.UtcNow - begun < EngineHost.Patience)
        {
            using var head = await SendAsync(HttpMethod.Head, address.ToString());
            received = int.Parse(Header(head, "Upload-Offset")!, CultureInfo.InvariantCulture);
        }

        Assert.InRange(received, 1, Sent);
        using var rest = await PatchAsync(address.ToString(), received, bytes[received..]);
        var upload = (await server.Client.GetFromJsonAsync<JsonNode>(address, Cancellation))!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), upload["file"]!["sha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task Patch_LongerThanOtherBodies_IsTaken()
    {
        var length = JsonBody.ServerLimit + 1;
        var address = await CreateAsync(length, "a");

        using var answer = await PatchAsync(address, 0, Bytes(length));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Delete_OfAnUpload_ForgetsIt()
    {
        var address = await CreateAsync(5, "a");

        using var deleted = await SendAsync(HttpMethod.Delete, address);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var head = await SendAsync(HttpMethod.Head, address);
        using var again = await SendAsync(HttpMethod.Delete, address);
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        await Problems.ReadAsync(again, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Find_OfAFileThatWasDeleted_IsGone()
    {
        using var created = await CreateAsync(3, "one.txt", "one"u8.ToArray());
        var address = new Uri(created.RequestMessage!.RequestUri!, created.Headers.Location!).ToString();
        using var deleted = await server.Client.DeleteAsync($"/api/v1/user/uploads/{Header(created, "Upload-Address")!.Split('/')[^1]}", Cancellation);

        using var answer = await SendAsync(HttpMethod.Get, address);

        Assert.True(deleted.IsSuccessStatusCode);
        await Problems.ReadAsync(answer, HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Post_InPlaceOfOtherMethods_DoesAsTheHeaderSays()
    {
        var address = await CreateAsync(5, "a");

        using var other = await SendAsync(HttpMethod.Post, address, ("X-HTTP-Method-Override", "HEAD"));
        using var patch = Request(HttpMethod.Post, address, ("X-HTTP-Method-Override", "PATCH"), ("Upload-Offset", "0"));
        patch.Content = new ByteArrayContent(Bytes(2)) { Headers = { { "Content-Type", TusHeaders.PatchType } } };
        using var patched = await server.Client.SendAsync(patch, Cancellation);
        using var deleted = await SendAsync(HttpMethod.Post, address, ("X-HTTP-Method-Override", "DELETE"));

        await Problems.ReadAsync(other, HttpStatusCode.BadRequest);
        Assert.Equal((HttpStatusCode.NoContent, "2", HttpStatusCode.NoContent), (patched.StatusCode, Header(patched, "Upload-Offset"), deleted.StatusCode));
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsRefused()
    {
        using var answer = await SendAsync(HttpMethod.Post, TusApi.Path, ("Upload-Length", "5"), ("Origin", "https://elsewhere.example"));

        await Problems.ReadAsync(answer, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task AnyUpload_WithoutRoom_IsRefusedInWords()
    {
        await using var own = new ApiServer();
        own.Client.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        own.Services.GetRequiredService<IOptions<UploadOptions>>().Value.QuotaBytes = 10;
        using var request = new HttpRequestMessage(HttpMethod.Post, TusApi.Path) { Headers = { { "Upload-Length", "11" } } };
        using var begun = await own.Client.SendAsync(request, Cancellation);
        using var form = new MultipartFormDataContent { { new StringContent("eleven bytes"), "file", "a.txt" } };
        using var sent = await own.Client.PostAsync(FileUploadApi.Path, form, Cancellation);

        foreach (var answer in new[] { begun, sent }) Assert.Contains("your uploads may take 10 bytes here", (await Problems.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static HttpRequestMessage Request(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, address, headers);
        return await server.Client.SendAsync(request, Cancellation);
    }

    private async Task<string> CreateAsync(long length, string filename)
    {
        using var answer = await SendAsync(HttpMethod.Post, TusApi.Path, ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", $"filetype dGV4dC9jc3Y=, empty, filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(filename))}"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new Uri(answer.RequestMessage!.RequestUri!, answer.Headers.Location!).ToString();
    }

    private async Task<HttpResponseMessage> CreateAsync(long length, string filename, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Post, TusApi.Path, [("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(filename))}"), .. headers.Where(static header => header.Name != "Content-Type")]);
        var type = headers.Where(static header => header.Name == "Content-Type").Select(static header => header.Value).FirstOrDefault(TusHeaders.PatchType);
        request.Content = new ByteArrayContent(body) { Headers = { { "Content-Type", type } } };
        return await server.Client.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> PatchAsync(string address, long offset, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Patch, address, [("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)), .. headers]);
        request.Content = new ByteArrayContent(body) { Headers = { { "Content-Type", TusHeaders.PatchType } } };
        return await server.Client.SendAsync(request, Cancellation);
    }
}
