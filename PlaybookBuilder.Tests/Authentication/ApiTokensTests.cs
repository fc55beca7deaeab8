using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Authentication;

public sealed class ApiTokensTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Route = "/api/v1/user/tokens";
    private const string Upload = "/api/v1/components/core/file/upload";
    private const string Document = """{"data":{},"workflow":[]}""";

    [Fact]
    public async Task Make_ThenUse_TellsItsUseAndIsNotShownAgain()
    {
        var (token, id) = await MakeAsync("nightly", "read");

        using var answer = await SendAsync(HttpMethod.Get, "/api/db/user/profile", token);
        var listed = (await server.GetAsync(Route))!.AsArray().Single(one => one!["id"]!.GetValue<string>() == id)!;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("pb_", token, StringComparison.Ordinal);
        Assert.NotNull(listed["lastUsed"]);
        Assert.Equal(token[..8], listed["beginning"]!.GetValue<string>());
        Assert.DoesNotContain(token, listed.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "GET", "/api/db/user/profile", HttpStatusCode.OK)]
    [InlineData("run", "GET", "/api/db/user/profile", HttpStatusCode.Forbidden)]
    [InlineData("read", "POST", "/api/db/fpl", HttpStatusCode.Forbidden)]
    [InlineData("upload", "POST", "/api/db/fpl", HttpStatusCode.Forbidden)]
    [InlineData("run", "POST", Upload, HttpStatusCode.Forbidden)]
    [InlineData("upload", "POST", Upload, HttpStatusCode.OK)]
    [InlineData("read", "POST", Route, HttpStatusCode.Forbidden)]
    [InlineData("run", "POST", Route, HttpStatusCode.Forbidden)]
    public async Task Use_WithAScope_MayDoWhatItIsFor(string scope, string method, string path, HttpStatusCode expected)
    {
        var (token, _) = await MakeAsync("scoped", scope);

        using var answer = await SendAsync(new HttpMethod(method), path, token, path == Upload ? Form() : JsonContent.Create(JsonNode.Parse(Document)));

        if (expected == HttpStatusCode.Forbidden) await Problems.ReadAsync(answer, expected);
        else Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Use_ForRunning_KeepsAPlaybook()
    {
        var (token, _) = await MakeAsync("runner", "run");

        using var answer = await SendAsync(HttpMethod.Post, "/api/db/fpl", token, JsonContent.Create(JsonNode.Parse("[]")));

        // The token is let through; what is wrong with the document is another matter.
        Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("pb_wrong")]
    [InlineData("pbs_wrong")]
    [InlineData("something")]
    [InlineData("")]
    public async Task Use_OfAWrongToken_IsRefusedWhereNobodyNeedsOne(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/components");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await Problems.ReadAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Revoke_MakesItWorthNothing()
    {
        var (token, id) = await MakeAsync("short", "read");
        using (await SendAsync(HttpMethod.Get, "/api/db/user/profile", token)) { }

        using var revoked = await server.PostAsync($"{Route}/{id}/revoke", "{}");
        using var answer = await SendAsync(HttpMethod.Get, "/api/db/user/profile", token);
        using var again = await server.PostAsync($"{Route}/{id}/revoke", "{}");

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        await Problems.ReadAsync(answer, HttpStatusCode.Unauthorized);
        await Problems.ReadAsync(again, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["read"]}""")]
    [InlineData("""{"name":"x","scopes":[]}""")]
    [InlineData("""{"name":"x","scopes":["everything"]}""")]
    [InlineData("""{"name":"x","scopes":["read"],"days":0}""")]
    [InlineData("""{"name":"x","scopes":["read"],"days":5000}""")]
    [InlineData("""{"name":7,"scopes":["read"]}""")]
    [InlineData("""[]""")]
    public async Task Make_OfNonsense_IsRefused(string body)
    {
        using var answer = await server.PostAsync(Route, body);

        await Problems.ReadAsync(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Token_OfTheService_IsNoUserAndHasNoLimits()
    {
        var tokens = server.Services.GetService<ServiceTokens>();
        Assert.NotNull(tokens);
        // Without a secret there are none.
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => tokens.Issue("worker"));

        await using var other = new SignInServer(("APP_SECRET", "a-secret-of-the-tests-that-is-long-enough"), ("RATE_LIMIT", "1"));
        using var client = new HttpClient { BaseAddress = other.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", other.Services.GetRequiredService<ServiceTokens>().Issue("worker"));
        for (var i = 0; i < 5; i++)
        {
            using var components = await client.GetAsync("/api/components", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, components.StatusCode);
        }

        using var profile = await client.GetAsync("/api/db/user/profile", TestContext.Current.CancellationToken);
        await Problems.ReadAsync(profile, HttpStatusCode.Unauthorized);
    }

    private static MultipartFormDataContent Form() => new() { { new StringContent("a"), "file", "a.txt" } };

    private async Task<(string Token, string Id)> MakeAsync(string name, params string[] scopes)
    {
        var made = (await server.PostForJsonAsync(Route, new JsonObject { ["name"] = name, ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]) }.ToJsonString()))!;
        return (made["token"]!.GetValue<string>(), made["kept"]!["id"]!.GetValue<string>());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        if (method != HttpMethod.Get) request.Content = content;
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
