using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>Playbooks that go into a session and come back, over a real tunnel; what the worker answers is the test's.</summary>
public sealed class SessionExchangeTests : IAsyncLifetime
{
    private WorkerAtTunnel? _pair;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private WorkerAtTunnel Pair => _pair!;

    public async ValueTask InitializeAsync() => _pair = await WorkerAtTunnel.BeginAsync();

    public ValueTask DisposeAsync() => Pair.DisposeAsync();

    [Fact]
    public async Task Open_SendsTheDocument_AndTellsTheAddressThere()
    {
        string? taken = null;
        var there = Guid.NewGuid();
        await ConnectAsync(app => app.MapPost("/api/db/fpl", async (HttpContext context) =>
        {
            taken = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancellation);
            return Results.Json(there);
        }));
        var here = await Pair.Public.KeepAsync(TestDocument());

        using var answer = await PostAsync("open", here);

        var place = await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        Assert.Equal((HttpStatusCode.OK, $"{there}", $"/socket/{Pair.Session}/report/{there}"), (answer.StatusCode, $"{place!["id"]}", $"{place["url"]}"));
        Assert.NotNull(JsonNode.Parse(taken!)!["workflow"]);
    }

    [Fact]
    public async Task Bring_KeepsTheDocumentOfTheSession()
    {
        var kept = await Pair.Public.KeepAsync(TestDocument());
        var document = (await Pair.Public.GetAsync($"/api/db/fpl/{kept}/export"))!.ToJsonString();
        await ConnectAsync(app => app.MapGet("/api/db/fpl/{id}/export", () => Results.Text(document, "application/json")));

        using var answer = await PostAsync("bring", kept);

        var place = await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        Assert.Equal((HttpStatusCode.OK, kept, $"/report/{kept}"), (answer.StatusCode, $"{place!["id"]}", $"{place["url"]}"));
    }

    [Theory]
    [InlineData("no JSON", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"workflow":[{"id":"1","type":5}]}""", 400)]
    [InlineData("", 400)]
    public async Task Bring_OfWhatIsNoPlaybook_IsRefused(string document, int status)
    {
        await ConnectAsync(app => app.MapGet("/api/db/fpl/{id}/export", () => Results.Text(document, "application/json")));

        using var answer = await PostAsync("bring", $"{Guid.NewGuid()}");

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Bring_OfWhatNeverEnds_IsRefused()
    {
        await ConnectAsync(app => app.MapGet("/api/db/fpl/{id}/export", async (HttpContext context) =>
        {
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
        }));

        using var answer = await PostAsync("bring", $"{Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Bring_OfWhatIsNotThere_IsNotFound()
    {
        await ConnectAsync(static _ => { });

        using var answer = await PostAsync("bring", $"{Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Open_WithAnAnswerThatIsNoId_IsRefused()
    {
        await ConnectAsync(app => app.MapPost("/api/db/fpl", static () => Results.Text("\"javascript:alert(1)\"", "application/json")));
        var here = await Pair.Public.KeepAsync(TestDocument());

        using var answer = await PostAsync("open", here);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Open_WithoutAWorker_IsUnavailable()
    {
        var here = await Pair.Public.KeepAsync(TestDocument());

        using var answer = await PostAsync("open", here);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static string TestDocument() => TestPlaybooks.Join("ACE2");

    private Task<HttpResponseMessage> PostAsync(string what, string id) => Pair.Public.PostAsync($"/api/v1/user/integrations/cavatica/{Pair.Session}/{what}", $$"""{"id":"{{id}}"}""");

    private Task ConnectAsync(Action<WebApplication> map) => Pair.ConnectAsync(static (_, _) => { }, map);
}
