using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class OutputsApiTests
{
    [Fact]
    public async Task Output_Playbook_HasEveryOutput()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));

        var steps = (await server.GetAsync($"/api/db/fpl/{id}/output"))!.AsArray();

        Assert.Equal("TP53+ACE2+imatinib", steps[3]!["process"]!["output"]!["value"]!.GetValue<string>());
        Assert.Equal("Term[Gene]", steps[3]!["process"]!["output"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task OutputExport_Playbook_IsADocumentWithItsOutputs()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));

        var document = (await server.GetAsync($"/api/db/fpl/{id}/output/export"))!;

        var output = document["workflow"]![3]!["output"]!["id"]!.GetValue<string>();
        Assert.Equal("TP53+ACE2+imatinib", document["data"]![output]!["value"]!.GetValue<string>());
        Assert.Equal(id, await server.KeepAsync(document.ToJsonString()));
    }

    [Fact]
    public async Task Output_WaitsForInput_IsNull()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Unanswered);

        var process = (await server.GetAsync($"/api/db/fpl/{id}/output"))![0]!["process"]!.AsObject();

        Assert.True(process.ContainsKey("output"));
        Assert.Null(process["output"]);
    }

    [Fact]
    public async Task Output_FailedAndWhatStandsOnIt_AreErrors()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Fail("ACE2"));

        var steps = (await server.GetAsync($"/api/db/fpl/{id}/output"))!.AsArray();

        Assert.Equal(["Error", "Error"], steps.Skip(1).Select(step => step!["process"]!["output"]!["type"]!.GetValue<string>()));
        Assert.Equal("ACE2 can't be had.", steps[1]!["process"]!["output"]!["value"]!.GetValue<string>());
        Assert.Contains("because of an error in Fail", steps[2]!["process"]!["output"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Output_UnknownType_IsAnError()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync("""{"workflow": [{"type": "Not here"}]}""");

        Assert.Equal("Error", (await server.GetAsync($"/api/db/fpl/{id}/output"))![0]!["process"]!["output"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Output_ForgedInTheDocument_IsNotServed()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync("""
            {"data": {"f": {"type": "Term[Gene]", "value": "FORGED"}},
             "workflow": [{"id": "1", "type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "ACE2"}, "output": {"id": "f"}}]}
            """);

        Assert.Equal("ACE2", (await server.GetAsync($"/api/db/fpl/{id}/output"))![0]!["process"]!["output"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Output_WithoutPreference_WaitsUntilDone()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Hold("ACE2"));

        var waiting = server.GetAsync($"/api/db/fpl/{id}/output");
        await server.Components.HeldAsync();
        Assert.False(waiting.IsCompleted);
        server.Components.Release();

        Assert.Equal("ACE2", (await waiting)![1]!["process"]!["output"]!["value"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/output")]
    [InlineData("/output/export")]
    public async Task Output_PreferWait_AnswersInTimeWithTheStatus(string path)
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Hold("ACE2"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/db/fpl/{id}{path}") { Headers = { { "Prefer", "respond-async, wait=1" } } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("wait=1", response.Headers.GetValues("Preference-Applied").Single());
        Assert.NotNull(response.Headers.RetryAfter);
        var status = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.False(status["done"]!.GetValue<bool>());
        Assert.Equal("running", status["steps"]![1]!["state"]!.GetValue<string>());
        server.Components.Release();
    }

    [Fact]
    public async Task Output_PreferWaitAndDoneInTime_IsTheOutput()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/db/fpl/{id}/output") { Headers = { { "Prefer", "wait=30" } } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("wait=30", response.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task Output_ClientLeaves_ServerGoesOn()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Hold("ACE2"));
        using var leaving = new CancellationTokenSource();
        var abandoned = server.Client.GetAsync($"/api/db/fpl/{id}/output", leaving.Token);
        await server.Components.HeldAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        server.Components.Release();

        Assert.Equal("ACE2", (await server.GetAsync($"/api/db/fpl/{id}/output"))![1]!["process"]!["output"]!["value"]!.GetValue<string>());
    }
}
