using System.Net;
using System.Text;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class SuggestionsApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suggest_IsListedUntilItIsTakenBackAndIsNoComponent()
    {
        var added = await server.PostForJsonAsync("/api/suggest", """{"name": "t-SNE", "inputs": "Term[Gene], X[A, B]", "output": "Plot", "description": "Draws"}""");
        var wrong = await server.PostForJsonAsync("/api/suggest", """{"kind": "wrong_result", "name": "Join", "description": "Wrong", "inputs": ["Term[Gene]"], "playbook": "01234567-89ab-8def-8123-456789abcdef"}""");

        Assert.Equal(("component", "open"), (added!["kind"]!.GetValue<string>(), added["state"]!.GetValue<string>()));
        Assert.Equal(["Term[Gene]", "X[A, B]"], added["inputs"]!.AsArray().Select(spec => spec!.GetValue<string>()));
        Assert.Equal("01234567-89ab-8def-8123-456789abcdef", wrong!["playbook"]!.GetValue<string>());
        foreach (var path in new[] { "/api/suggest", "/api/db/user/suggestions" }) Assert.Contains((await server.GetAsync(path))!.AsArray(), own => own!["id"]!.GetValue<string>() == added["id"]!.GetValue<string>());
        using var component = await server.Client.GetAsync("/api/components/t-SNE", Cancellation);
        await Problems.ReadAsync(component, HttpStatusCode.NotFound);
        var deleted = await server.PostForJsonAsync($"/api/db/user/suggestions/{added["id"]}/delete", "{}");
        Assert.Equal("t-SNE", deleted!["name"]!.GetValue<string>());
        using var again = await server.PostAsync($"/api/db/user/suggestions/{added["id"]}/delete", "{}");
        await Problems.ReadAsync(again, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"name": "x"}""")]
    [InlineData("""{"name": 1, "description": "x"}""")]
    [InlineData("""{"name": "x", "description": "x", "kind": "other"}""")]
    [InlineData("""{"name": "x", "description": "x", "inputs": 1}""")]
    [InlineData("""{"name": "x", "description": "x", "inputs": [1]}""")]
    [InlineData("""{"name": "x", "description": "x", "playbook": "x"}""")]
    [InlineData("""{"name": "\ud800", "description": "x"}""")]
    [InlineData("""{"name": "\u0000", "description": "x"}""")]
    public async Task Suggest_WrongBody_IsABadRequest(string body)
    {
        using var response = await server.PostAsync("/api/suggest", body);

        await Problems.ReadAsync(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Suggest_SignedOut_IsUnauthorizedAndTheListEmpty()
    {
        Assert.Equal("[]", await (await SendAsync(HttpMethod.Get, "/api/suggest")).Content.ReadAsStringAsync(Cancellation));
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/suggest"), (HttpMethod.Get, "/api/db/user/suggestions"), (HttpMethod.Post, $"/api/db/user/suggestions/{Guid.NewGuid()}/delete") })
        {
            using var refused = await SendAsync(method, path);
            await Problems.ReadAsync(refused, HttpStatusCode.Unauthorized);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        if (method == HttpMethod.Post) request.Content = new StringContent("""{"name": "x", "description": "x"}""", Encoding.UTF8, "application/json");
        return await server.Client.SendAsync(request, Cancellation);
    }
}
