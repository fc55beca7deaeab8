using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api;

namespace PlaybookBuilder.Tests.Api;

public sealed class FileUploadApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Upload_SeveralFiles_AreAnsweredByField()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("one"), "counts", "counts.csv" },
            { new StringContent("two"), "counts", "C:\\folder\\more counts ü.csv" },
            { new StringContent("not a file"), "note" },
            { new StringContent(""), "empty", "empty.txt" },
        };

        using var response = await server.Client.PostAsync(FileUploadApi.Path, form, TestContext.Current.CancellationToken);
        var files = (await response.Content.ReadFromJsonAsync<JsonNode>())!.AsObject();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["counts", "empty"], files.Select(field => field.Key));
        var first = files["counts"]![0]!;
        Assert.Equal("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", first["sha256"]!.GetValue<string>());
        Assert.Equal(3, first["size"]!.GetValue<long>());
        Assert.StartsWith("drs://localhost/", first["url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("more counts ü.csv", files["counts"]![1]!["filename"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, files["empty"]![0]!["size"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("filename=\"a%22b.csv\"", "a\"b.csv")]
    [InlineData("filename=\"100%25 a%0D%0Ab%20c.csv\"", "100%25 ab%20c.csv")]
    [InlineData("filename*=UTF-8''a%2522b.csv", "a%22b.csv")]
    public async Task Upload_FilenameAsBrowsersWriteIt_IsTheNameOfTheFile(string filename, string expected)
    {
        using var response = await SendAsync($"--b\r\nContent-Disposition: form-data; name=\"a%22b\"; {filename}\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b");

        var files = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.Equal(expected, files["a\"b"]![0]!["filename"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_NoFile_IsABadRequest()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "note" } };
        using var response = await server.Client.PostAsync(FileUploadApi.Path, form, TestContext.Current.CancellationToken);

        await Problems.ReadAsync(response, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    public async Task Upload_NoMultipart_IsAnUnsupportedMediaType(string type)
    {
        using var response = await SendAsync("{}", type);

        await Problems.ReadAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Upload_ABodyThatBreaksOff_IsABadRequest()
    {
        using var response = await SendAsync("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\n\r\nhalf", "multipart/form-data; boundary=b");

        await Problems.ReadAsync(response, HttpStatusCode.BadRequest);
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await server.Client.PostAsync(FileUploadApi.Path, content, TestContext.Current.CancellationToken);
    }
}
