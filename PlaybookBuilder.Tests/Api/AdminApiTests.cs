using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public sealed class AdminApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Root = "/api/v1/admin";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("jobs?state=nonsense")]
    [InlineData("jobs?state=running,queued")]
    [InlineData("jobs?state=1")]
    [InlineData("jobs?state=%00")]
    [InlineData("jobs?owner=a%00b")]
    [InlineData("jobs?owner=", 201)]
    [InlineData("jobs?after=nonsense")]
    [InlineData("jobs?after=%00")]
    [InlineData("jobs?limit=many")]
    [InlineData("jobs?limit=0")]
    [InlineData("users?limit=-1")]
    [InlineData("users?find=a&limit=201")]
    [InlineData("users?find=a&after=0_x")]
    [InlineData("errors?limit=201")]
    [InlineData("jobs/failed?after=x")]
    [InlineData("errors?category=a%00b")]
    [InlineData("errors?category=", 201)]
    [InlineData("errors?after=99999999999999999999")]
    [InlineData("audit?action=%00")]
    [InlineData("audit?action=", 201)]
    [InlineData("audit?user=somebody")]
    [InlineData("audit?user=%00")]
    [InlineData("audit?after=1_2")]
    [InlineData("users?find=a%00b")]
    [InlineData("users?find=", 201)]
    [InlineData("users?after=nonsense")]
    [InlineData("users?after=9999999999999999999_00000000000000000000000000000000")]
    [InlineData("sessions?after=nonsense")]
    [InlineData("sessions?user=1")]
    [InlineData("playbooks?kind=nonsense")]
    [InlineData("playbooks?kind=curated&after=-1_00000000000000000000000000000000")]
    [InlineData("playbooks?user=1")]
    [InlineData("playbooks?after=nonsense")]
    [InlineData("uploads?after=a%00b")]
    [InlineData("uploads?after=", 201)]
    [InlineData("uploads?user=00000000-0000-8000-8000-000000000001&after=1_a%00b")]
    [InlineData("suggestions?state=nonsense")]
    [InlineData("suggestions?after=nonsense")]
    [InlineData("programs?after=nonsense")]
    public async Task List_OfNonsense_IsABadRequest(string path, int more = 0)
    {
        using var answer = await server.Client.GetAsync($"{Root}/{path}{new string('x', more)}", Cancellation);

        await Problems.ReadAsync(answer, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("jobs/purge?owner=a%00b", "", HttpStatusCode.BadRequest)]
    [InlineData("jobs/purge?user=00000000-0000-8000-8000-000000000009", "", HttpStatusCode.BadRequest)]
    [InlineData("retention/free?days=1&dry=true", "", HttpStatusCode.BadRequest)]
    [InlineData("retention/free", "", HttpStatusCode.BadRequest)]
    [InlineData("retention/free?days=", "", HttpStatusCode.BadRequest)]
    [InlineData("retention/free?days=-1", "", HttpStatusCode.BadRequest)]
    [InlineData("retention/free?days=36501", "", HttpStatusCode.BadRequest)]
    [InlineData("retention/free?days=a%00month", "", HttpStatusCode.BadRequest)]
    [InlineData("retention/free?days=99999999999", "", HttpStatusCode.BadRequest)]
    [InlineData("suggestions/00000000-0000-8000-8000-000000000009/decline", """{"answer": ""}""", HttpStatusCode.BadRequest)]
    [InlineData("suggestions/00000000-0000-8000-8000-000000000009/accept", """{"answer": 1}""", HttpStatusCode.BadRequest)]
    [InlineData("suggestions/00000000-0000-8000-8000-000000000009/accept", """{"answer": "\ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("suggestions/00000000-0000-8000-8000-000000000009/accept", "[]", HttpStatusCode.BadRequest)]
    [InlineData("suggestions/00000000-0000-8000-8000-000000000009/accept", "{}", HttpStatusCode.NotFound)]
    [InlineData("users/00000000-0000-8000-8000-000000000009/disable", "", HttpStatusCode.NotFound)]
    [InlineData("users/00000000-0000-8000-8000-000000000001/disable", "", HttpStatusCode.BadRequest)]
    [InlineData("users/nobody/disable", "", HttpStatusCode.NotFound)]
    [InlineData("sessions/00000000-0000-8000-8000-000000000009/revoke", "", HttpStatusCode.NotFound)]
    [InlineData("playbooks/00000000-0000-8000-8000-000000000009/curate", "", HttpStatusCode.NotFound)]
    [InlineData("playbooks/00000000-0000-8000-8000-000000000009/unpublish", "", HttpStatusCode.NotFound)]
    [InlineData("jobs/00000000-0000-8000-8000-000000000009/cancel", "", HttpStatusCode.NotFound)]
    [InlineData("jobs/00000000-0000-8000-8000-000000000009/retry", "", HttpStatusCode.NotFound)]
    public async Task Act_OnNonsense_IsRefused(string path, string body, HttpStatusCode expected)
    {
        using var answer = await server.PostAsync($"{Root}/{path}", body);

        await Problems.ReadAsync(answer, expected);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Act_SentByAnotherSite_IsRefused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Root}/jobs/purge") { Headers = { { header, value } } };
        using var answer = await server.Client.SendAsync(request, Cancellation);

        await Problems.ReadAsync(answer, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Token_MadeForIt_ReadsAndActs_OthersDoNot()
    {
        var saved = await PublishAsync();

        foreach (var (scope, expected) in new[] { ("read", HttpStatusCode.Forbidden), ("run", HttpStatusCode.Forbidden), ("admin", HttpStatusCode.OK) })
        {
            var token = (await server.PostForJsonAsync("/api/v1/user/tokens", $$"""{"name": "admin", "scopes": ["{{scope}}"]}"""))!["token"]!.GetValue<string>();
            foreach (var (method, path) in new[] { (HttpMethod.Get, "overview"), (HttpMethod.Post, $"playbooks/{saved}/curate"), (HttpMethod.Post, $"playbooks/{saved}/uncurate"), (HttpMethod.Post, $"playbooks/{saved}/unpublish") })
            {
                // Who sends a token is no browser, wherever the request comes from.
                using var request = new HttpRequestMessage(method, $"{Root}/{path}") { Headers = { { "X-Forwarded-For", "192.0.2.1" } } };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var answer = await server.Client.SendAsync(request, Cancellation);
                Assert.Equal(expected, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Act_IsInTheAuditLogWithWhoAndFromWhere()
    {
        var saved = await PublishAsync();

        var done = await server.PostForJsonAsync($"{Root}/playbooks/{saved}/unpublish", "");
        using var again = await server.PostAsync($"{Root}/playbooks/{saved}/unpublish", "");

        await Problems.ReadAsync(again, HttpStatusCode.NotFound);
        Assert.Equal(("playbook.unpublish", saved), (done!["done"]!.GetValue<string>(), done["subject"]!.GetValue<string>()));
        var entry = Assert.Single((await server.GetAsync($"{Root}/audit?action=playbook.unpublish&user={LocalAccount.Id}"))!.AsArray(), entry => entry!["subject"]!.GetValue<string>() == saved)!;
        Assert.Equal(LocalAccount.Name, entry["user_name"]!.GetValue<string>());
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(entry["address"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Retention_TellsLimitsAndFreesOldResults()
    {
        var freed = await server.PostForJsonAsync($"{Root}/retention/free?days=3000", "");
        Assert.Equal((0, true), (freed!["results"]!.GetValue<int>(), freed["is_complete"]!.GetValue<bool>()));

        JsonNode? now = null;
        while (now?["measured"] is null) now = await server.GetAsync($"{Root}/retention");

        // There is no limit, so nothing is beyond one.
        Assert.Equal((null, null, 0), (now["max_age_days"], now["max_bytes"], now["would_free"]!["values"]!.GetValue<int>()));
        Assert.Equal(6, now["ages"]!.AsArray().Count);
        Assert.Equal("older than 3000 days", (await server.GetAsync($"{Root}/audit?action=cache.free"))!.AsArray()[0]!["subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task List_IsReadToItsEndByItsLinks()
    {
        await AddAsync(Enumerable.Range(0, 7).Select(i => new LoggedErrorRow { At = DateTimeOffset.UtcNow, Program = "serve", Category = "of the links", Message = $"{i}", Detail = "" }));

        var (messages, parts) = (new List<string>(), 0);
        for (var path = "?category=of%20the%20links&limit=3"; path is not null; parts++)
        {
            using var answer = await server.Client.GetAsync($"{Root}/errors{path}", Cancellation);
            messages.AddRange(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!.AsArray().Select(error => error!["message"]!.GetValue<string>()));
            path = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], messages);
        Assert.Equal(3, parts);
    }

    [Fact]
    public async Task Users_TellNoDatesOfTheLocalUser()
    {
        var local = Assert.Single((await server.GetAsync($"{Root}/users?find=Local"))!.AsArray(), user => user!["id"]!.GetValue<string>() == $"{LocalAccount.Id}")!;

        Assert.Null(local["created"]);
        Assert.Null(local["last_seen"]);
    }

    [Fact]
    public async Task Settings_TellWhatHoldsWhereNothingIsSet()
    {
        var settings = (await server.GetAsync($"{Root}/settings"))!.AsArray().ToDictionary(setting => setting!["name"]!.GetValue<string>(), setting => (setting!["value"]!.GetValue<string>(), setting["default"]!.GetValue<string>()));

        Assert.Equal(("unset", "6000"), settings["RATE_LIMIT"]);
        Assert.Equal(("unset", "30"), settings["RATE_LIMIT_SIGNIN"]);
        Assert.Equal(("memory:", "data/playbook.db"), settings["DATABASE_URL"]);
        Assert.Equal("http://localhost:5000", settings["ASPNETCORE_URLS"].Item2);
    }

    [Fact]
    public async Task Suggestion_IsAnswered()
    {
        var id = (await server.PostForJsonAsync("/api/suggest", """{"name": "t-SNE", "description": "Draws"}"""))!["id"]!.GetValue<string>();

        await server.PostForJsonAsync($"{Root}/suggestions/{id}/accept", """{"answer": "Soon"}""");

        var found = Assert.Single((await server.GetAsync($"{Root}/suggestions?state=ACCEPTED"))!.AsArray(), suggestion => suggestion!["id"]!.GetValue<string>() == id)!;
        Assert.Equal(("Soon", "accepted"), (found["answer"]!.GetValue<string>(), found["state"]!.GetValue<string>()));
    }

    private async Task<string> PublishAsync()
    {
        var row = new SavedPlaybookRow
        {
            Id = Guid.NewGuid(), UserId = LocalAccount.Id, PlaybookId = Guid.Parse(await server.KeepAsync(Document)), Version = 1, Title = "One", Description = "", Authors = "Ada", Licence = "MIT",
            Published = DateTimeOffset.UtcNow, IsCurated = false, Clicks = 0, Created = DateTimeOffset.UtcNow, Updated = DateTimeOffset.UtcNow,
        };
        await AddAsync([row]);
        return $"{row.Id}";
    }

    private static string Document => """{"data": {}, "workflow": [{"id": "1", "type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "ACE2"}}]}""";

    private Task AddAsync(IEnumerable<object> rows) => server.Services.GetRequiredService<IModelDatabase>().WriteAsync(
        (context, token) =>
        {
            context.AddRange(rows);
            return context.SaveChangesAsync(token);
        },
        Cancellation);
}
