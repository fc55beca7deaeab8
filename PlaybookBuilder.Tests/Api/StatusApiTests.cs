using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class StatusApiTests
{
    [Fact]
    public async Task Status_NobodyAsked_IsUnresolvedAndStaysSo()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));

        for (var i = 0; i < 2; i++)
        {
            var status = (await server.GetAsync($"/api/db/fpl/{id}/status"))!;
            Assert.False(status["done"]!.GetValue<bool>());
            Assert.All(status["steps"]!.AsArray(), step => Assert.Equal("unresolved", step!["state"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Status_AllKinds_SayWhy()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync("""
            {"workflow": [{"id": "1", "type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "ACE2"}}, {"id": "2", "type": "Fail", "inputs": {"term": {"id": "1"}}},
             {"type": "Fail", "inputs": {"term": {"id": "2"}}}, {"type": "Input[Drug]"}, {"type": "Not here"}]}
            """);
        await server.GetAsync($"/api/db/fpl/{id}/output");

        var status = (await server.GetAsync($"/api/db/fpl/{id}/status"))!;

        Assert.True(status["done"]!.GetValue<bool>());
        Assert.Equal(["resolved", "failed", "failed", "waiting_for_input", "unavailable"], status["steps"]!.AsArray().Select(step => step!["state"]!.GetValue<string>()));
        Assert.Equal("ACE2 can't be had.", status["steps"]![1]!["reason"]!.GetValue<string>());
        Assert.Contains("because of an error", status["steps"]![2]!["reason"]!.GetValue<string>());
        Assert.Contains("not available", status["steps"]![4]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Events_Playbook_FollowItToItsEnd()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Hold("ACE2"));
        var events = new List<(string Type, JsonNode Status)>();

        await foreach (var item in ReadEventsAsync(server, id))
        {
            events.Add((item.EventType, JsonNode.Parse(item.Data)!));
            if (events[^1].Status["steps"]![1]!["percent"] is not null) server.Components.Release();
        }

        Assert.Contains(events, item => StateOf(item.Status, 1) == "running" && item.Status["steps"]![1]!["percent"] is not null);
        Assert.Equal("done", events[^1].Type);
        Assert.Equal("resolved", StateOf(events[^1].Status, 1));
        Assert.All(events.SkipLast(1), item => Assert.Equal("status", item.Type));
    }

    [Fact]
    public async Task Events_AllDone_EndAtOnce()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Unanswered);

        var only = Assert.Single(await ReadEventsAsync(server, id).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("done", only.EventType);
    }

    [Fact]
    public async Task Cancel_RunningStep_EndsAsAnError()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Hold("ACE2"));
        var waiting = server.GetAsync($"/api/db/fpl/{id}/output");
        await server.Components.HeldAsync();

        var status = await server.PostForJsonAsync($"/api/db/fpl/{id}/cancel", "");

        Assert.Equal(id, status!["id"]!.GetValue<string>());
        Assert.Equal("Error", (await waiting.WaitAsync(TimeSpan.FromSeconds(30)))![1]!["process"]!["output"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Cancel_NothingRuns_ChangesNothing()
    {
        await using var server = new ApiServer();
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));
        await server.GetAsync($"/api/db/fpl/{id}/output");

        Assert.True((await server.PostForJsonAsync($"/api/db/fpl/{id}/cancel", ""))!["done"]!.GetValue<bool>());
        Assert.Equal("resolved", StateOf((await server.GetAsync($"/api/db/fpl/{id}/status"))!, 3));
    }

    private static string StateOf(JsonNode status, int step) => status["steps"]![step]!["state"]!.GetValue<string>();

    private static async IAsyncEnumerable<SseItem<string>> ReadEventsAsync(ApiServer server, string id)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await using var stream = await server.Client.GetStreamAsync($"/api/db/fpl/{id}/events", limit.Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token)) yield return item;
    }
}
