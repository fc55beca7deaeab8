using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public sealed class FileDownloadApiTests(PageServer server) : IClassFixture<PageServer>
{
    private const string Counts = "gene,s1,s2\nA,1,2.5\nB,,4\n";

    [Fact]
    public async Task Download_OfAnUpload_SendsItsBytesAsAnAttachment()
    {
        var file = await UploadAsync("größe.html", "<script>alert(1)</script>");

        using var response = await GetAsync(file);

        Assert.Equal("<script>alert(1)</script>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("größe.html", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal($"\"{file["sha256"]}\"", response.Headers.ETag!.ToString());
        Assert.False(response.Headers.ETag.IsWeak);
    }

    [Fact]
    public async Task Download_OfARange_SendsThatPart()
    {
        var file = await UploadAsync("a.txt", "0123456789");

        using var response = await GetAsync(file, configure: request => request.Headers.Range = new RangeHeaderValue(2, 4));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("234", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(10, response.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task Download_OfBytesThatTheClientHas_IsNotSent()
    {
        var file = await UploadAsync("a.txt", "0123456789");

        using var response = await GetAsync(file, configure: request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{file["sha256"]}\"")));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task Head_OfAnUpload_TellsItsLength()
    {
        var file = await UploadAsync("a.txt", "0123456789");

        using var response = await GetAsync(file, configure: request => request.Method = HttpMethod.Head);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(10, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("csv", ",s1,s2\nA,1,2.5\nB,,4\n", "text/csv")]
    [InlineData("tsv", "\ts1\ts2\nA\t1\t2.5\nB\t\t4\n", "text/tab-separated-values")]
    public async Task Download_OfAMatrix_IsConverted(string format, string expected, string mediaType)
    {
        var file = await UploadAsync("counts.csv", Counts);

        using var response = await GetAsync(file, format);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"counts.{format}", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal($"\"{file["sha256"]}-{format}\"", response.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Download_OfMetadata_IsConvertedToo()
    {
        var file = await UploadAsync("metadata.tsv", "sample\ttype\nü\tb,c\nü2\td\n");

        using var response = await GetAsync(file, "csv");

        Assert.Equal(",type\nü,\"b,c\"\nü2,d\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Download_OfWhatIsNoTable_SaysSo()
    {
        var file = await UploadAsync("a.csv", "one word");

        using var response = await GetAsync(file, "csv");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("a.csv is no table", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?url=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("?url=file:///etc/passwd", HttpStatusCode.BadRequest)]
    [InlineData("?url=drs://host/gone", HttpStatusCode.NotFound)]
    [InlineData("?url=drs://host/gone&format=xml", HttpStatusCode.BadRequest)]
    public async Task Download_OfNothing_IsRefused(string query, HttpStatusCode expected)
    {
        using var response = await server.Client.GetAsync($"api/v1/components/core/file/download{query}", TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Download_BySomebodyUnknown_IsRefused()
    {
        var file = await UploadAsync("a.txt", "secret");

        using var response = await GetAsync(file, configure: request => request.Headers.Add("X-Forwarded-For", "10.0.0.1"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Example_FromUploadOverLabelsToAFigure_RunsInTheEngine()
    {
        var file = await UploadAsync("counts.csv", ExampleFiles.All["counts.csv"]);
        var labels = new[] { "control_1", "control_2", "control_3", "treated_1", "treated_2", "treated_3" }.ToDictionary(sample => sample, sample => sample.StartsWith('c') ? "Control" : "Perturbation");
        var document = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["f"] = new JsonObject { ["type"] = "GeneCountMatrixFileUpload", ["value"] = file.DeepClone() },
                ["l"] = new JsonObject { ["type"] = "LabelGeneCountMatrix", ["value"] = new JsonObject { ["Type: Control or Perturbation"] = JsonSerializer.SerializeToNode(labels) } },
            },
            ["workflow"] = new JsonArray
            {
                Step("1", "GeneCountMatrixFileUpload", "f"),
                Step("2", "LogNormalizeGeneCountMatrix", null, ("matrix", "1")),
                Step("3", "LabelGeneCountMatrix", "l", ("matrix", "2")),
                Step("4", "PCAGraphWithMetadata2D", null, ("anndata", "3")),
            },
        };

        using var kept = await server.Client.PostAsync("api/db/fpl", new StringContent(document.ToJsonString(), Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var id = await kept.Content.ReadFromJsonAsync<string>(TestContext.Current.CancellationToken);
        var outputs = (await server.Client.GetFromJsonAsync<JsonArray>($"api/db/fpl/{id}/output", TestContext.Current.CancellationToken))!;

        Assert.Equal(["GeneCountMatrix", "GeneCountMatrix", "AnnData", "PlotlyPlot"], outputs.Select(step => step!["process"]!["output"]!["type"]!.GetValue<string>()));
        using var table = await GetAsync((JsonObject)outputs[2]!["process"]!["output"]!["value"]!, "csv");
        Assert.StartsWith(",control_1,control_2,control_3,treated_1,treated_2,treated_3\nGENE0001,", await table.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static JsonObject Step(string id, string type, string? data, params (string Argument, string Step)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["type"] = type, ["inputs"] = new JsonObject(inputs.Select(input => KeyValuePair.Create(input.Argument, (JsonNode?)new JsonObject { ["id"] = input.Step }))) };
        if (data is not null) step["data"] = new JsonObject { ["id"] = data };
        return step;
    }

    private async Task<JsonObject> UploadAsync(string filename, string content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", filename } };
        using var response = await server.Client.PostAsync("api/v1/components/core/file/upload", form, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        return (JsonObject)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["file"]![0]!.DeepClone();
    }

    private async Task<HttpResponseMessage> GetAsync(JsonObject file, string? format = null, Action<HttpRequestMessage>? configure = null)
    {
        var address = $"api/v1/components/core/file/download?url={Uri.EscapeDataString(file["url"]!.GetValue<string>())}{(format is null ? "" : $"&format={format}")}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        configure?.Invoke(request);
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
