using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Authentication;

/// <summary>What users do with their accounts, over HTTP.</summary>
public sealed partial class AccountTests(OutsideWorld world) : IClassFixture<OutsideWorld>, IAsyncLifetime
{
    private static readonly Visit Nowhere = new("", "");

    private readonly SignInServer _server = new(("AUTH_OIDC", world.Setting), ("EMAIL_SERVER", world.MailServer), ("EMAIL_FROM", "lab@example.org"), ("PUBLIC_URL", "https://playbooks.example.org"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SignIns SignIns => _server.Services.GetRequiredService<SignIns>();

    private UserSessions Sessions => _server.Services.GetRequiredService<UserSessions>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/sign-ins")]
    [InlineData("/account/sessions")]
    [InlineData("/account/tokens")]
    [InlineData("/account/integrations")]
    [InlineData("/account/data")]
    public async Task Page_OfTheAccount_AsksForASignInAndComesBack(string path)
    {
        await world.ComesAsync("pat");
        using var visitor = _server.NewVisitor();

        using var refused = await visitor.AskAsync($"{path}?x=1");
        using var page = await visitor.SignInAsync($"{path}?x=1");

        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal($"/account/signin?returnUrl={Uri.EscapeDataString($"{path}?x=1")}", refused.Headers.Location!.OriginalString);
        Assert.Equal($"{path}?x=1", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("stopped working", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_OfOthers_HasNoAddress()
    {
        var (visitor, userId) = await EnterAsync("quinn", "quinn@example.org");
        using var owner = visitor;
        using var stranger = _server.NewVisitor();

        using var changed = await PostAsync(visitor, "/api/db/user/profile", """{"affiliation":"Lab","orcid":"https://orcid.org/0000-0002-1825-0097"}""");
        var own = (await changed.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        using var shown = await stranger.AskAsync($"/api/db/user/{userId}/profile");
        var seen = await shown.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("quinn@example.org", own["email"]!.GetValue<string>());
        Assert.Equal("0000-0002-1825-0097", own["orcid"]!.GetValue<string>());
        Assert.Contains("\"affiliation\":\"Lab\"", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("email", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("example.org", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/db/user/profile", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/api/db/user/profile", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/api/db/user/delete", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/v1/user/tokens", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/api/v1/user/tokens", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/db/user/7c1f0b0e-0000-4000-8000-000000000000/profile", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/db/user/nobody/profile", HttpStatusCode.NotFound)]
    public async Task Api_WithoutASignIn_SaysSo(string method, string path, HttpStatusCode expected)
    {
        using var visitor = _server.NewVisitor();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create(new JsonObject()) : null };

        using var answer = await visitor.SendAsync(request);

        await Problems.ReadAsync(answer, expected);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count == 1);
    }

    [Theory]
    [InlineData("""{"orcid":"0000-0002-1825-0098"}""")]
    [InlineData("""{"name":" "}""")]
    [InlineData("""{"name":7}""")]
    public async Task Profile_OfNonsense_IsRefused(string body)
    {
        var (visitor, _) = await EnterAsync("rita");
        using var owner = visitor;

        using var answer = await PostAsync(visitor, "/api/db/user/profile", body);

        await Problems.ReadAsync(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Link_OfAnother_LeadsBothToOneAccountAndTheLastStays()
    {
        var (visitor, userId) = await EnterAsync("sue");
        using var owner = visitor;
        await world.ComesAsync("sue-elsewhere");

        using var other = _server.NewVisitor();
        visitor.ForgetProvider();
        using (var page = await visitor.OpenAsync(await LinkPathAsync(visitor))) Assert.Equal("/account/sign-ins", page.RequestMessage!.RequestUri!.PathAndQuery);
        using (await other.SignInAsync()) { }

        var actor = new Actor(userId);
        Assert.Equal(userId, (await Sessions.FindAsync(other.Session!, "", Cancellation))!.UserId);
        var all = await SignIns.ListAsync(actor, Cancellation);
        Assert.Equal(["sue", "sue-elsewhere"], all.Select(one => one.Subject).Order(StringComparer.Ordinal));
        Assert.True(await SignIns.UnlinkAsync(actor, all[0].Provider, "sue", Nowhere, Cancellation));
        Assert.False(await SignIns.UnlinkAsync(actor, all[0].Provider, "sue-elsewhere", Nowhere, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => SignIns.UnlinkAsync(actor, all[0].Provider, "sue", Nowhere, Cancellation));
    }

    [Fact]
    public async Task Link_OfAnotherAccounts_IsRefused()
    {
        var (first, firstId) = await EnterAsync("tom");
        var (second, secondId) = await EnterAsync("uma");
        using var owner = first;
        using var thief = second;
        await world.ComesAsync("tom");
        second.ForgetProvider();

        using var page = await second.OpenAsync(await LinkPathAsync(second));

        Assert.Contains("belongs to another account", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Single(await SignIns.ListAsync(new Actor(firstId), Cancellation));
        Assert.Single(await SignIns.ListAsync(new Actor(secondId), Cancellation));
    }

    [Fact]
    public async Task Link_WithoutATokenOfThisSession_IsRefused()
    {
        var (first, _) = await EnterAsync("vic");
        var (second, secondId) = await EnterAsync("wes");
        using var attacker = first;
        using var victim = second;
        var planted = await LinkPathAsync(first);

        using var page = await second.OpenAsync(planted);
        using var forged = await second.OpenAsync("/account/signin/with/lab?link_token=forged");

        Assert.Contains("did not sign you in", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("did not sign you in", await forged.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Single(await SignIns.ListAsync(new Actor(secondId), Cancellation));
    }

    [Fact]
    public async Task Session_ThatIsRevoked_IsOutAtOnceAndOthersStay()
    {
        var (visitor, userId) = await EnterAsync("xena");
        using var here = visitor;
        using var there = _server.NewVisitor();
        using (await there.SignInAsync()) { }
        var mine = (await Sessions.FindAsync(visitor.Session!, "", Cancellation))!.KeyId;
        var other = (await Sessions.ListAsync(new Actor(userId), Cancellation)).Single(session => session.Id != mine);

        await Sessions.EndAsync(new Actor(userId), other.Id, Nowhere, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, await there.MayUploadAsync());
        Assert.Equal(HttpStatusCode.OK, await visitor.MayUploadAsync());
        await Assert.ThrowsAsync<AccessException>(() => Sessions.EndAsync(new Actor(Guid.NewGuid()), mine, Nowhere, Cancellation));
    }

    [Fact]
    public async Task Export_HoldsWhatIsKeptAndNoSecret()
    {
        var (visitor, _) = await EnterAsync("yara", "yara@example.org");
        using var owner = visitor;
        Assert.Equal(HttpStatusCode.OK, await visitor.MayUploadAsync());
        using var made = await PostAsync(visitor, "/api/v1/user/tokens", """{"name":"mine","scopes":["read"],"days":7}""");
        var token = (await made.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["token"]!.GetValue<string>();

        using var answer = await visitor.AskAsync("/account/data/export");
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var data = JsonNode.Parse(text)!;

        Assert.Equal("my-data.json", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("yara@example.org", data["profile"]!["email"]!.GetValue<string>());
        Assert.Equal("a.txt", data["uploads"]![0]!["filename"]!.GetValue<string>());
        Assert.Equal("mine", data["tokens"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("yara", data["signIns"]![0]!["subject"]!.GetValue<string>());
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Session!, text, StringComparison.Ordinal);
        Assert.DoesNotContain("keyHash", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("delete")]
    public async Task Delete_WithPublishedPlaybooks_DoesAsWasChosen(string choice)
    {
        var (visitor, userId) = await EnterAsync("zoe");
        using var owner = visitor;
        Assert.Equal(HttpStatusCode.OK, await visitor.MayUploadAsync());
        var (published, secret) = (await SaveAsync(userId, isPublished: true), await SaveAsync(userId, isPublished: false));

        using var undecided = await PostAsync(visitor, "/api/db/user/delete", "{}");
        await Problems.ReadAsync(undecided, HttpStatusCode.Conflict);
        using var answer = await PostAsync(visitor, "/api/db/user/delete", $$"""{"published":"{{choice}}"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.MayUploadAsync());
        var left = await ReadAsync(context => context.Set<SavedPlaybookRow>().ToListAsync(Cancellation));
        Assert.Equal(choice == "keep" ? [(published, AccountDeletion.FormerUserId)] : [], left.Select(row => (row.Id, row.UserId)));
        Assert.DoesNotContain(left, row => row.Id == secret);
        Assert.Empty(await ReadAsync(context => context.Set<UserAccountRow>().Where(user => user.Id == userId).ToListAsync(Cancellation)));
        Assert.Empty(await ReadAsync(context => context.Set<SignInRow>().Where(signIn => signIn.UserId == userId).ToListAsync(Cancellation)));
        Assert.Empty(await ReadAsync(context => context.Set<UploadRow>().Where(upload => upload.UserId == userId).ToListAsync(Cancellation)));
        // Who comes back is somebody new.
        using (await visitor.SignInAsync()) { }
        Assert.NotEqual(userId, (await Sessions.FindAsync(visitor.Session!, "", Cancellation))!.UserId);
    }

    private static async Task<HttpResponseMessage> PostAsync(Visitor visitor, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        return await visitor.SendAsync(request);
    }

    private static async Task<string> LinkPathAsync(Visitor visitor)
    {
        using var page = await visitor.OpenAsync("/account/sign-ins");
        return "/" + WebUtility.HtmlDecode(LinkAddress().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value);
    }

    private async Task<(Visitor Visitor, Guid UserId)> EnterAsync(string subject, string? email = null)
    {
        await world.ComesAsync(subject, email);
        var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }
        return (visitor, (await Sessions.FindAsync(visitor.Session!, "", Cancellation))!.UserId);
    }

    private async Task<Guid> SaveAsync(Guid userId, bool isPublished)
    {
        var (id, now) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
        using var visitor = _server.NewVisitor();
        using var kept = await PostAsync(visitor, "/api/db/fpl", """{"data":{"d":{"type":"Input[Gene]","value":"ACE2"}},"workflow":[{"id":"0","type":"Input[Gene]","data":{"id":"d"}}]}""");
        var playbook = (await kept.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!.GetValue<Guid>();
        await _server.Services.GetRequiredService<IModelDatabase>().WriteAsync(
            (context, token) =>
            {
                context.Add(new SavedPlaybookRow { Id = id, UserId = userId, PlaybookId = playbook, Version = 1, Title = "T", Description = "", Authors = "Zoe", Licence = "", Published = isPublished ? now : null, IsCurated = false, Clicks = 0, Created = now, Updated = now });
                return context.SaveChangesAsync(token);
            },
            Cancellation);
        return id;
    }

    private Task<T> ReadAsync<T>(Func<PlaybookDbContext, Task<T>> read) =>
        _server.Services.GetRequiredService<IModelDatabase>().ReadAsync((context, _) => read(context), Cancellation);

    [GeneratedRegex("href=\"(account/signin/with/lab\\?link_token=[^\"]+)\"")]
    private static partial Regex LinkAddress();
}
