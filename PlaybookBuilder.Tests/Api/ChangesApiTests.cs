using System.Net;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class ChangesApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Gene = """{"type": "Input[Gene]", "data": {"type": "Input[Gene]", "value": "ACE2"}}""";

    [Fact]
    public async Task Extend_Start_BeginsAPlaybook()
    {
        var id = await ExtendAsync("start", Gene);

        Assert.Single(await StepsAsync(id));
        Assert.Equal("ACE2", (await server.GetAsync($"/api/db/fpl/{id}/output"))![0]!["process"]!["output"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Extend_WithInputs_AddsAStep()
    {
        var id = await ExtendAsync("start", Gene);
        var process = (await StepsAsync(id))[0]!["process"]!["id"]!.GetValue<string>();

        var extended = await ExtendAsync(id, $$"""{"type": "Fail", "inputs": {"term": {"id": "{{process}}"} } }""");

        Assert.Equal(id, (await StepsAsync(extended))[1]!["parent"]!.GetValue<string>());
    }

    [Fact]
    public async Task Extend_ById_AddsTheExistingProcess()
    {
        var id = await ExtendAsync("start", Gene);
        var process = (await StepsAsync(id))[0]!["process"]!["id"]!.GetValue<string>();

        var twice = await StepsAsync(await ExtendAsync(id, $$"""{"id": "{{process}}"}"""));

        Assert.Equal([process, process], twice.Select(step => step!["process"]!["id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("{", null)]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("""{"type": "No such"}""", "type")]
    [InlineData("""{"id": "7b6c2a1e-0000-8000-8000-000000000000"}""", "id")]
    [InlineData("""{"type": "Fail"}""", "inputs.term")]
    [InlineData("""{"type": "Fail", "inputs": {"term": {"id": "7b6c2a1e-0000-8000-8000-000000000000"}}}""", null)]
    [InlineData("""{"type": "Input[Gene]", "inputs": {"x": {"id": "no id"}}}""", "inputs.x")]
    [InlineData("""{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": {"no": "term"}}}""", "data")]
    public async Task Extend_NotAProcess_IsABadRequestWithThePath(string body, string? path)
    {
        using var response = await server.PostAsync("/api/db/fpl/start/extend", body);

        Assert.Equal(path, (await Problems.ReadAsync(response, HttpStatusCode.BadRequest))["path"]?.GetValue<string>());
    }

    [Fact]
    public async Task Rebase_Prompt_ChangesWhatStandsOnItAndNothingElse()
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("OLD"));
        var before = await StepsAsync(id);

        var change = (await server.PostForJsonAsync($"/api/db/fpl/{id}/rebase/{ProcessId(before, 0)}", """{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "NEW"}}"""))!;

        var after = await StepsAsync(change["head"]!.GetValue<string>());
        Assert.Equal(change["rebased"]!.GetValue<string>(), after[0]!["id"]!.GetValue<string>());
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(i => ProcessId(before, i) == ProcessId(after, i)));
        Assert.Equal("TP53+NEW+imatinib", (await server.GetAsync($"/api/db/fpl/{change["head"]}/output"))![3]!["process"]!["output"]!["value"]!.GetValue<string>());
        Assert.Equal("Joined", after[3]!["playbook_metadata"]!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rebase_BeforeAnUnknownType_KeepsThat()
    {
        var id = await server.KeepAsync("""{"workflow": [{"id": "1", "type": "Input[Gene]"}, {"type": "Not here", "inputs": {"x": {"id": "1"}}}]}""");

        var change = await server.PostForJsonAsync($"/api/db/fpl/{id}/rebase/{ProcessId(await StepsAsync(id), 0)}", Gene);

        var after = await StepsAsync(change!["head"]!.GetValue<string>());
        Assert.Equal("Not here", after[1]!["process"]!["type"]!.GetValue<string>());
        Assert.Equal(ProcessId(after, 0), after[1]!["process"]!["inputs"]!["x"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rebase_OntoWhatDoesNotFit_IsABadRequest()
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("A"));
        var path = $"/api/db/fpl/{id}/rebase/{ProcessId(await StepsAsync(id), 0)}";

        using var unknown = await server.PostAsync(path, """{"type": "No such"}""");
        Assert.Equal("type", (await Problems.ReadAsync(unknown, HttpStatusCode.BadRequest))["path"]!.GetValue<string>());
        using var wrong = await server.PostAsync(path, """{"type": "Input[Drug]"}""");
        Assert.Equal("workflow[3].inputs.terms:1", (await Problems.ReadAsync(wrong, HttpStatusCode.BadRequest))["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task RebaseMetadata_LastStep_ChangesTheTitleOnly()
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("A"));

        var change = (await server.PostForJsonAsync($"/api/db/fpl/{id}/rebaseMetadata/{id}", """{"title": "Neu", "description": "d", "summary": "manual"}"""))!;

        Assert.Equal(change["head"]!.GetValue<string>(), change["rebased"]!.GetValue<string>());
        var (before, after) = (await StepsAsync(id), await StepsAsync(change["head"]!.GetValue<string>()));
        Assert.Equal("Neu", after[3]!["playbook_metadata"]!["title"]!.GetValue<string>());
        Assert.Equal(ProcessId(before, 3), ProcessId(after, 3));

        var byId = await server.PostForJsonAsync($"/api/db/fpl/{id}/rebaseMetadata/{id}", $$"""{"id": "{{after[3]!["playbook_metadata"]!["id"]}}"}""");
        Assert.Equal(change["head"]!.GetValue<string>(), byId!["head"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"title": 3}""", "title")]
    [InlineData("""{"id": "x"}""", "id")]
    [InlineData("7", null)]
    public async Task RebaseMetadata_NotMetadata_IsABadRequest(string body, string? path)
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("A"));
        using var response = await server.PostAsync($"/api/db/fpl/{id}/rebaseMetadata/{id}", body);

        Assert.Equal(path, (await Problems.ReadAsync(response, HttpStatusCode.BadRequest))["path"]?.GetValue<string>());
    }

    [Fact]
    public async Task Recompute_Step_ForgetsItAndWhatStandsOnIt()
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("R"));
        var steps = (await server.GetAsync($"/api/db/fpl/{id}/output"))!.AsArray();

        var change = (await server.PostForJsonAsync($"/api/db/fpl/{id}/recompute/{steps[0]!["id"]}", ""))!;

        Assert.Equal(id, change["head"]!.GetValue<string>());
        var states = (await server.GetAsync($"/api/db/fpl/{id}/status"))!["steps"]!.AsArray().Select(step => step!["state"]!.GetValue<string>());
        Assert.Equal(["unresolved", "resolved", "resolved", "unresolved"], states);
        Assert.Equal("TP53+R+imatinib", (await server.GetAsync($"/api/db/fpl/{id}/output"))![3]!["process"]!["output"]!["value"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/db/fpl/x/extend")]
    [InlineData("/api/db/fpl/7b6c2a1e-0000-8000-8000-000000000000/extend")]
    [InlineData("/api/db/fpl/x/rebase/y")]
    [InlineData("/api/db/fpl/ID/rebase/y")]
    [InlineData("/api/db/fpl/ID/rebase/7b6c2a1e-0000-8000-8000-000000000000")]
    [InlineData("/api/db/fpl/ID/rebaseMetadata/7b6c2a1e-0000-8000-8000-000000000000")]
    [InlineData("/api/db/fpl/ID/rebaseMetadata/y")]
    [InlineData("/api/db/fpl/ID/recompute/y")]
    [InlineData("/api/db/fpl/start/recompute/y")]
    [InlineData("/api/db/fpl/x/cancel")]
    public async Task Post_UnknownOrMalformedIds_AreNotFound(string path)
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("A"));
        using var response = await server.PostAsync(path.Replace("ID", id, StringComparison.Ordinal), Gene);

        await Problems.ReadAsync(response, HttpStatusCode.NotFound);
    }

    private async Task<string> ExtendAsync(string id, string process) => (await server.PostForJsonAsync($"/api/db/fpl/{id}/extend", process))!.GetValue<string>();

    private async Task<JsonArray> StepsAsync(string id) => (await server.GetAsync($"/api/db/fpl/{id}"))!.AsArray();

    private static string ProcessId(JsonArray steps, int index) => steps[index]!["process"]!["id"]!.GetValue<string>();
}
