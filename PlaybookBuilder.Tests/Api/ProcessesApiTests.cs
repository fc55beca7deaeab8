using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class ProcessesApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Get_Process_IsAsInItsStep()
    {
        var step = (await StepsAsync(TestPlaybooks.Join("P")))[3]!;

        var process = (await server.GetAsync($"/api/db/process/{step["process"]!["id"]}"))!;

        Assert.True(JsonNode.DeepEquals(step["process"], process));
    }

    [Fact]
    public async Task Inputs_OneAndMany_AreValuesByArgument()
    {
        var process = (await StepsAsync(TestPlaybooks.Join("P")))[3]!["process"]!["id"];

        var inputs = (await server.GetAsync($"/api/db/process/{process}/inputs"))!;

        Assert.Equal("""{"last":"imatinib","terms":["TP53","P"]}""", inputs.ToJsonString());
    }

    [Fact]
    public async Task Inputs_OfWhatTakesNone_AreEmpty()
    {
        var process = (await StepsAsync(TestPlaybooks.Gene("P")))[0]!["process"]!["id"];

        Assert.Equal("{}", (await server.GetAsync($"/api/db/process/{process}/inputs"))!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"workflow": [{"id": "1", "type": "Input[Gene]"}, {"type": "Fail", "inputs": {"term": {"id": "1"}}}]}""", 1)]
    [InlineData("""{"workflow": [{"id": "1", "type": "Input[Gene]", "data": {"type": "x", "value": "A"}}, {"id": "2", "type": "Fail", "inputs": {"term": {"id": "1"}}}, {"type": "Fail", "inputs": {"term": {"id": "2"}}}]}""", 2)]
    public async Task Inputs_ThatAreMissing_CannotBeProcessed(string document, int index)
    {
        var process = (await StepsAsync(document))[index]!["process"]!["id"];
        using var response = await server.Client.GetAsync($"/api/db/process/{process}/inputs", TestContext.Current.CancellationToken);

        Assert.Contains("'term'", (await Problems.ReadAsync(response, HttpStatusCode.UnprocessableEntity))["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Output_Process_IsItsValueOrNull()
    {
        var joined = (await StepsAsync(TestPlaybooks.Join("P")))[3]!["process"]!["id"];
        var unanswered = (await StepsAsync(TestPlaybooks.Unanswered))[0]!["process"]!["id"];

        Assert.Equal("TP53+P+imatinib", (await server.GetAsync($"/api/db/process/{joined}/output"))!["value"]!.GetValue<string>());
        Assert.Null(await server.GetAsync($"/api/db/process/{unanswered}/output"));
    }

    [Fact]
    public async Task DeleteOutput_LocalUser_ForgetsIt()
    {
        var steps = await StepsAsync(TestPlaybooks.Gene("Forgotten"));
        var path = $"/api/db/process/{steps[0]!["process"]!["id"]}/output";
        await server.GetAsync(path);

        Assert.Null(await server.PostForJsonAsync($"{path}/delete", ""));

        Assert.Equal("unresolved", (await server.GetAsync($"/api/db/fpl/{steps[0]!["id"]}/status"))!["steps"]![0]!["state"]!.GetValue<string>());
        Assert.Equal("Forgotten", (await server.GetAsync(path))!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task DeleteOutput_ThroughAProxy_IsForbidden()
    {
        var process = (await StepsAsync(TestPlaybooks.Gene("P")))[0]!["process"]!["id"];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/db/process/{process}/output/delete") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await Problems.ReadAsync(response, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task DeleteOutput_OfASavedPlaybook_IsAConflict()
    {
        _ = server.Client;
        var frozen = new Process("Input[Gene]", Datum.OfJson("Input[Gene]", "\"Frozen\""), [], DateTimeOffset.UnixEpoch);
        await server.Services.GetRequiredService<PlaybookEngine>().ImportAsync(Playbook.Empty.Extend(frozen), Actor.Anonymous, TestContext.Current.CancellationToken);
        var path = $"/api/db/process/{frozen.Id}/output";
        await server.GetAsync(path);

        using var response = await server.PostAsync($"{path}/delete", "");

        await Problems.ReadAsync(response, HttpStatusCode.Conflict);
        Assert.Equal("Frozen", (await server.GetAsync(path))!["value"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("7b6c2a1e-0000-8000-8000-000000000000")]
    public async Task Send_UnknownOrMalformedId_IsNotFoundEverywhere(string id)
    {
        foreach (var path in new[] { "", "/inputs", "/output" })
        {
            using var response = await server.Client.GetAsync($"/api/db/process/{id}{path}", TestContext.Current.CancellationToken);
            await Problems.ReadAsync(response, HttpStatusCode.NotFound);
        }

        using var deleted = await server.PostAsync($"/api/db/process/{id}/output/delete", "");
        await Problems.ReadAsync(deleted, HttpStatusCode.NotFound);
    }

    private async Task<JsonArray> StepsAsync(string document) =>
        (await server.GetAsync($"/api/db/fpl/{await server.KeepAsync(document)}"))!.AsArray();
}
