using System.Net;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class SavedPlaybooksApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Saved = "/api/v1/user/playbooks";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Update_ComputedPlaybook_KeepsItUnderAnIdThatShowsTheSame()
    {
        var id = await ComputeAsync("ACE2");

        var kept = await UpdateAsync(id, """{"playbook_metadata": {"title": "Genes"}, "tags": ["Liver"]}""");

        Assert.NotEqual(id, kept);
        var steps = (await server.GetAsync($"/api/db/fpl/{kept}/output"))!.AsArray();
        Assert.NotNull(steps[3]!["process"]!["timestamp"]);
        Assert.Equal("TP53+ACE2+imatinib", steps[3]!["process"]!["output"]!["value"]!.GetValue<string>());
        var saved = (await server.GetAsync($"{Saved}/{kept}"))!;
        Assert.Equal(("Genes", 1, false), (saved["label"]!.GetValue<string>(), saved["version"]!.GetValue<int>(), saved["public"]!.GetValue<bool>()));
        Assert.Equal(["liver"], saved["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Equal(["Term[Drug]", "Term[Gene]"], saved["inputs"]!.AsArray().Select(spec => spec!.GetValue<string>()));
        Assert.Contains(await ListAsync(""), own => own["id"]!.GetValue<string>() == saved["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Update_Again_IsAVersionThatCanBeTakenBack()
    {
        var first = await UpdateAsync(await ComputeAsync("ACE1"), """{"playbook_metadata": {"title": "First"}}""");
        var step = (await server.GetAsync($"/api/db/fpl/{first}"))!.AsArray()[0]!["id"]!.GetValue<string>();

        var second = await UpdateAsync(first, $$$"""{"playbook_metadata": {"title": "Second"}, "cell_metadata": {"{{{step}}}": {"label": "Mine"} } }""");

        Assert.Equal("Mine", (await server.GetAsync($"/api/db/fpl/{second}"))!.AsArray()[0]!["cell_metadata"]!["label"]!.GetValue<string>());
        var versions = (await server.GetAsync($"{Saved}/{second}/versions"))!.AsArray();
        Assert.Equal([2, 1], versions.Select(version => version!["number"]!.GetValue<int>()));
        Assert.Equal([second, first], versions.Select(version => version!["playbook"]!.GetValue<string>()));
        var restored = await server.PostForJsonAsync($"{Saved}/{second}/versions/1/restore", "{}");
        Assert.Equal((first, 3), (restored!["playbook"]!.GetValue<string>(), restored["version"]!.GetValue<int>()));
        using var missing = await server.PostAsync($"{Saved}/{second}/versions/99/restore", "{}");
        await Problems.ReadAsync(missing, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Publish_ShowsInTheCommunitysListUntilDeleted()
    {
        var kept = await UpdateAsync(await ComputeAsync("MTOR"), """{"playbook_metadata": {"title": "Zebrafish heart"}}""");

        var published = await server.PostForJsonAsync($"{Saved}/{kept}/publish", """{"public": true, "authors": "Ada Lovelace", "licence": "CC0-1.0", "description": "A fish"}""");

        Assert.Equal(("Ada Lovelace", "CC0-1.0", true), (published!["authors"]!.GetValue<string>(), published["licence"]!.GetValue<string>(), published["public"]!.GetValue<bool>()));
        var found = await FoundAsync("search=zebra%20hea");
        Assert.Equal("Zebrafish heart", found["label"]!.GetValue<string>());
        Assert.False(found.AsObject().ContainsKey("public"));
        Assert.DoesNotContain("@", found.ToJsonString());
        Assert.NotNull(await FoundAsync("search=zebra&inputs=Term%5BGene%5D,%20Term%5BDrug%5D&outputs=Term%5BGene%5D&sort=date"));
        Assert.Empty((await server.GetAsync("/api/v1/public/user/playbooks?search=zebra&inputs=Nothing"))!.AsArray());
        Assert.Empty((await server.GetAsync("/api/v1/public/playbooks?search=zebra"))!.AsArray());
        var deleted = await server.PostForJsonAsync($"{Saved}/{kept}/delete", "{}");
        Assert.NotNull(deleted!["deleted"]);
        Assert.Empty((await server.GetAsync("/api/v1/public/user/playbooks?search=zebra"))!.AsArray());
        Assert.Contains(await ListAsync("?deleted=true"), own => own["id"]!.GetValue<string>() == deleted["id"]!.GetValue<string>());
        await server.PostForJsonAsync($"{Saved}/{deleted["id"]}/undelete", "{}");
        Assert.NotNull(await FoundAsync("search=zebra"));
        var taken = await server.PostForJsonAsync($"{Saved}/{kept}/publish", """{"public": false}""");
        Assert.False(taken!["public"]!.GetValue<bool>());
        Assert.Empty((await server.GetAsync("/api/v1/public/user/playbooks?search=zebra"))!.AsArray());
    }

    [Fact]
    public async Task Open_PublishedOne_CountsAStrangerOnceAndLeadsToTheReport()
    {
        var kept = await UpdateAsync(await ComputeAsync("BECN1"), """{"playbook_metadata": {"title": "Quokka"}, "user_playbook": {"public": true}}""");
        var id = (await FoundAsync("search=quokka"))["id"]!.GetValue<string>();

        for (var i = 0; i < 3; i++)
        {
            using var response = await SendAsync(HttpMethod.Get, $"/playbooks/{id}/open");
            Assert.EndsWith($"/report/{kept}", response.RequestMessage!.RequestUri!.AbsolutePath);
        }

        using (await SendAsync(HttpMethod.Head, $"/playbooks/{id}/open")) { }

        Assert.Equal(1, (await FoundAsync("search=quokka"))["clicks"]!.GetValue<int>());
        using var missing = await SendAsync(HttpMethod.Get, $"/playbooks/{Guid.NewGuid()}/open");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Duplicate_GivesAnotherOne()
    {
        var kept = await UpdateAsync(await ComputeAsync("ATG5"), """{"playbook_metadata": {"title": "Original"}}""");
        var saved = (await server.GetAsync($"{Saved}/{kept}"))!;

        var copy = await server.PostForJsonAsync($"{Saved}/{saved["id"]}/duplicate", "{}");

        Assert.Equal("Copy of Original", copy!["label"]!.GetValue<string>());
        Assert.NotEqual(saved["id"]!.GetValue<string>(), copy["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Everything_SignedOut_IsUnauthorizedOrNotFound()
    {
        var kept = await UpdateAsync(await ComputeAsync("ATG7"), "{}");
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, ""), (HttpMethod.Get, $"/{kept}/versions"), (HttpMethod.Post, $"/{kept}/update"), (HttpMethod.Post, $"/{kept}/publish"), (HttpMethod.Post, $"/{kept}/delete"), (HttpMethod.Post, $"/{kept}/undelete"),
            (HttpMethod.Post, $"/{kept}/duplicate"), (HttpMethod.Post, $"/{kept}/versions/1/restore"),
        })
        {
            using var refused = await SendAsync(method, Saved + path, "{}");
            await Problems.ReadAsync(refused, HttpStatusCode.Unauthorized);
        }

        using var hidden = await SendAsync(HttpMethod.Get, $"{Saved}/{kept}");
        await Problems.ReadAsync(hidden, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("not-an-id")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("%C3%A4%20%2F")]
    public async Task Everything_OfNoPlaybook_IsNotFound(string id)
    {
        foreach (var action in new[] { "update", "publish", "delete", "undelete", "duplicate", "versions/1/restore" })
        {
            using var response = await server.PostAsync($"{Saved}/{id}/{action}", """{"public": true}""");
            await Problems.ReadAsync(response, HttpStatusCode.NotFound);
        }

        foreach (var path in new[] { "", "/versions" })
        {
            using var response = await server.Client.GetAsync($"{Saved}/{id}{path}", Cancellation);
            await Problems.ReadAsync(response, HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("update", "[]")]
    [InlineData("update", """{"user_playbook": 1}""")]
    [InlineData("update", """{"user_playbook": {"public": "yes"}}""")]
    [InlineData("update", """{"playbook_metadata": {"title": 1}}""")]
    [InlineData("update", """{"playbook_metadata": {"id": "nothing"}}""")]
    [InlineData("update", """{"cell_metadata": {"nothing": {"label": "x"}}}""")]
    [InlineData("update", """{"tags": "x"}""")]
    [InlineData("update", """{"tags": [1]}""")]
    [InlineData("update", """{"tags": ["\ud800"]}""")]
    [InlineData("publish", "{}")]
    [InlineData("publish", """{"public": 1}""")]
    [InlineData("publish", """{"public": true, "licence": "WTF"}""")]
    [InlineData("publish", """{"public": true, "title": "\u0000"}""")]
    [InlineData("publish", """{"public": true, "authors": "\ud800"}""")]
    [InlineData("publish", "{")]
    public async Task Post_WrongBody_IsABadRequestAndChangesNothing(string action, string body)
    {
        var kept = await UpdateAsync(await ComputeAsync("TP53"), """{"playbook_metadata": {"title": "Kept"}}""");
        var before = (await server.GetAsync($"{Saved}/{kept}"))!.ToJsonString();

        using var response = await server.PostAsync($"{Saved}/{kept}/{action}", body);

        await Problems.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(before, (await server.GetAsync($"{Saved}/{kept}"))!.ToJsonString());
    }

    [Theory]
    [InlineData("/api/v1/user/playbooks?skip=x")]
    [InlineData("/api/v1/user/playbooks?deleted=x")]
    [InlineData("/api/v1/public/playbooks?limit=x")]
    [InlineData("/api/v1/public/user/playbooks?sort=x")]
    [InlineData("/api/db/user/suggestions?skip=x")]
    [InlineData("/api/db/user/suggestions?limit=101")]
    [InlineData("/api/v1/public/playbooks?limit=101")]
    [InlineData("/api/v1/public/user/playbooks?skip=-1")]
    [InlineData("/api/v1/user/playbooks?limit=0")]
    [InlineData("/api/v1/user/playbooks?limit=201")]
    [InlineData("/api/v1/user/playbooks?skip=-1")]
    [InlineData("/api/v1/user/uploads?limit=-1")]
    [InlineData("/api/v1/user/uploads?limit=201")]
    public async Task Get_WrongQuery_IsABadRequest(string path)
    {
        using var response = await server.Client.GetAsync(path, Cancellation);

        var problem = await Problems.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.StartsWith(path.Split('?', '=')[1], problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search=%00%FF%27%22%5B")]
    [InlineData("inputs=%00")]
    [InlineData("inputs=,,[,&outputs=]")]
    [InlineData("skip=2147483647&limit=100")]
    public async Task Get_OddQuery_IsAnswered(string query)
    {
        foreach (var list in new[] { "playbooks", "user/playbooks" }) Assert.NotNull(await server.GetAsync($"/api/v1/public/{list}?{query}"));
    }

    private async Task<JsonNode> FoundAsync(string query) => Assert.Single((await server.GetAsync($"/api/v1/public/user/playbooks?{query}"))!.AsArray())!;

    private async Task<IEnumerable<JsonNode>> ListAsync(string query) => (await server.GetAsync(Saved + query))!.AsArray().Select(node => node!);

    private async Task<string> UpdateAsync(string id, string body) => (await server.PostForJsonAsync($"{Saved}/{id}/update", body))!.GetValue<string>();

    private async Task<string> ComputeAsync(string gene)
    {
        var id = await server.KeepAsync(TestPlaybooks.Join(gene));
        await server.GetAsync($"/api/db/fpl/{id}/output");
        return id;
    }

    // A request that came through a proxy is nobody's who uses this machine.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        if (method == HttpMethod.Post) request.Content = new StringContent(body ?? "", System.Text.Encoding.UTF8, "application/json");
        return await server.Client.SendAsync(request, Cancellation);
    }
}
