using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Tests.Authentication;

/// <summary>Links by a real mail server.</summary>
public sealed partial class EmailSignInTests(OutsideWorld world) : IClassFixture<OutsideWorld>, IAsyncLifetime
{
    private readonly SignInServer _server = new(("EMAIL_SERVER", world.MailServer), ("EMAIL_FROM", "Lab <lab@example.org>"), ("PUBLIC_URL", "https://playbooks.example.org/tools"));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Link_OpenedAndPressed_SignsIn()
    {
        using var visitor = _server.NewVisitor();
        var path = await AskAsync(visitor, "Ada@Example.org", "/components");

        using var page = await visitor.OpenAsync(path);
        Assert.Null(visitor.Session);
        using var answer = await PressAsync(visitor, path);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/components", answer.Headers.Location?.OriginalString);
        Assert.NotNull(visitor.Session);
        Assert.Equal(HttpStatusCode.OK, await visitor.MayUploadAsync());
    }

    [Fact]
    public async Task Mail_LeadsToThePublicAddressWhateverTheHostSays()
    {
        using var visitor = _server.NewVisitor();
        using var shown = await visitor.OpenAsync("/account/signin");
        var token = Token().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/signin/email/send") { Content = new FormUrlEncodedContent([new("email", "host@example.org"), new("__RequestVerificationToken", token)]) };
        request.Headers.Host = "evil.example";
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "evil.example");
        using (await visitor.SendAsync(request)) { }

        var mail = Assert.Single(await world.MailsToAsync("host@example.org"));

        Assert.Contains("https://playbooks.example.org/tools/account/signin/email?mail_token=", Decode(mail["text"]!.GetValue<string>()), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", mail["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("mailer", mail["user"]!.GetValue<string>());
    }

    [Fact]
    public async Task Link_UsedTwice_IsGone()
    {
        using var visitor = _server.NewVisitor();
        var path = await AskAsync(visitor, "twice@example.org");
        using (await PressAsync(visitor, path)) { }

        using var again = await PressAsync(visitor, path);

        Assert.Contains("problem=LinkGone", again.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_InAnotherBrowser_IsRefusedAndStaysGood()
    {
        using var visitor = _server.NewVisitor();
        using var other = _server.NewVisitor();
        var path = await AskAsync(visitor, "other@example.org");

        using var refused = await PressAsync(other, path);
        using var taken = await PressAsync(visitor, path);

        Assert.Contains("problem=OtherBrowser", refused.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Null(other.Session);
        Assert.Equal("/graph", taken.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Link_AfterItsTime_IsGone()
    {
        using var visitor = _server.NewVisitor();
        var path = await AskAsync(visitor, "late@example.org");
        var past = DateTimeOffset.UtcNow.AddSeconds(-1);
        await _server.Services.GetRequiredService<IModelDatabase>().WriteAsync(
            async (context, token) =>
            {
                var link = await context.Set<EmailLinkRow>().AsNoTracking().SingleAsync(token);
                await context.Set<EmailLinkRow>().ExecuteDeleteAsync(token);
                context.Add(new EmailLinkRow { KeyHash = link.KeyHash, BrowserHash = link.BrowserHash, Email = link.Email, ReturnPath = link.ReturnPath, Created = link.Created, Expires = past });
                return await context.SaveChangesAsync(token);
            },
            TestContext.Current.CancellationToken);

        using var answer = await PressAsync(visitor, path);

        Assert.Contains("problem=LinkGone", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ForKnownAndUnknown_AnswersTheSame()
    {
        using var visitor = _server.NewVisitor();
        using (await PressAsync(visitor, await AskAsync(visitor, "known@example.org"))) { }

        using var another = _server.NewVisitor();
        using var known = await another.PostAsync("/account/signin", "/account/signin/email/send", ("email", "known@example.org"));
        using var unknown = await another.PostAsync("/account/signin", "/account/signin/email/send", ("email", "unknown@example.org"));

        Assert.Equal(known.StatusCode, unknown.StatusCode);
        Assert.Equal(known.Headers.Location, unknown.Headers.Location);
    }

    [Fact]
    public async Task Ask_TooOftenForAnAddress_IsRefused()
    {
        using var visitor = _server.NewVisitor();
        for (var i = 0; i < EmailLinks.Most; i++) await AskAsync(visitor, "often@example.org");

        using var answer = await visitor.PostAsync("/account/signin", "/account/signin/email/send", ("email", "often@example.org"));

        Assert.Contains("problem=TooMany", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(EmailLinks.Most, (await world.MailsToAsync("often@example.org")).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b@c")]
    [InlineData("a@example.org\r\nBcc: victim@example.org")]
    [InlineData("Someone <a@example.org>")]
    [InlineData("a@example.org, b@example.org")]
    public async Task Ask_ForNoAddress_SaysSo(string email)
    {
        using var visitor = _server.NewVisitor();

        using var answer = await visitor.PostAsync("/account/signin", "/account/signin/email/send", ("email", email));

        Assert.Contains("problem=NoAddress", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WithoutTheTokenOfAPage_IsRefused()
    {
        using var visitor = _server.NewVisitor();

        using var answer = await visitor.PostWithAsync("/account/signin/email/send", ("email", "csrf@example.org"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await world.MailsToAsync("csrf@example.org"));
    }

    [Fact]
    public async Task Logs_NeverHoldAKey()
    {
        using var visitor = _server.NewVisitor();
        var path = await AskAsync(visitor, "logged@example.org");
        using (await visitor.OpenAsync(path)) { }
        using (await PressAsync(visitor, path)) { }
        var (key, session) = (path.Split('=')[1], visitor.Session!);
        var mask = _server.Services.GetRequiredService<SecretMask>();

        Assert.Contains(_server.Log.Lines, line => line.Contains("/account/signin/email", StringComparison.Ordinal));
        Assert.DoesNotContain(_server.Log.Lines.Select(mask.Apply), line => line.Contains(key, StringComparison.Ordinal) || line.Contains(session, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ask_WithAServerThatIsAway_SaysSo()
    {
        await using var server = new SignInServer(("EMAIL_SERVER", "smtp://localhost:9"), ("EMAIL_FROM", "lab@example.org"), ("PUBLIC_URL", "https://playbooks.example.org"));
        using var visitor = server.NewVisitor();

        using var answer = await visitor.PostAsync("/account/signin", "/account/signin/email/send", ("email", "a@example.org"));

        Assert.Contains("problem=MailFailed", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(Visitor visitor, string email, string returnUrl = "/graph")
    {
        using var answer = await visitor.PostAsync("/account/signin", "/account/signin/email/send", ("email", email), ("returnUrl", returnUrl));
        Assert.Equal($"/account/signin?returnUrl={Uri.EscapeDataString(returnUrl)}&sent=true", answer.Headers.Location?.OriginalString);
        var mail = (await world.MailsToAsync(email.ToLowerInvariant()))[^1];
        return "/" + Link().Match(Decode(mail["text"]!.GetValue<string>())).Groups[1].Value;
    }

    private static Task<HttpResponseMessage> PressAsync(Visitor visitor, string path) =>
        visitor.PostAsync("/account/signin", "/account/signin/email/open", ("mail_token", path.Split('=')[1]));

    // Lines that are too long for mail are broken by a "=" at their end, which itself is written "=3D".
    private static string Decode(string text) => text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);

    [GeneratedRegex("https://playbooks.example.org/tools/(account/signin/email\\?mail_token=[A-Za-z0-9_-]+)")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
