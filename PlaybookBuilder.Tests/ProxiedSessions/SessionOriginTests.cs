using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>Where people sign in: sessions at hosts of their own, whom they are shown to, and what passes.</summary>
public sealed class SessionOriginTests : IAsyncLifetime
{
    private const string Main = "playbooks.test";
    private static readonly Visit Visit = new("127.0.0.1", "Tests");

    private readonly SignInServer _server = new(("SESSION_HOST", "sessions.test"), ("PUBLIC_URL", $"http://{Main}"), ("APP_SECRET", "a-secret-of-the-tests-that-is-long-enough"), ("RATE_LIMIT", "0"), ("RATE_LIMIT_RUN", "0"));
    private readonly HttpClient _client;
    private TunnelWorker? _worker;
    private Guid _owner;
    private Guid _session;
    private string _signIn = "";

    public SessionOriginTests()
    {
        // Every name is this server.
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync("localhost", _server.Address.Port, cancellationToken);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IModelDatabase Database => _server.Services.GetRequiredService<IModelDatabase>();

    private UserSessions SignIns => _server.Services.GetRequiredService<UserSessions>();

    private string Host => $"{_session}.sessions.test";

    private string Path => $"/socket/{_session}";

    public async ValueTask InitializeAsync()
    {
        _ = _server.Address;
        (_owner, _signIn) = await SignInAsync("owner@example.org");
        (_session, var secret) = await TestSessions.BeginAsync(Database, _owner);
        _worker = await TunnelWorker.DialAsync(_server.Address, _session, secret);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Session_OpenedInABrowserThatIsSignedIn_IsShownAtItsOwnOrigin()
    {
        var browser = await EnterAsync();

        using var page = await AskAsync(Host, $"{Path}/page", browser);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("A page of the worker", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_OfTheOrigin_IsForTheServerTheSessionAndItsPathOnly()
    {
        var (_, entered) = await EnterWithAnswerAsync();
        using var answer = entered;
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));

        Assert.All(["httponly", "samesite=lax", $"path={Path}"], flag => Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookie_OfOneSession_OpensNoOther()
    {
        var browser = await EnterAsync();
        var (other, _) = await TestSessions.BeginAsync(Database, _owner);

        using var page = await AskAsync($"{other}.sessions.test", $"/socket/{other}/page", browser);
        using var elsewhere = await AskAsync($"{other}.sessions.test", $"{Path}/page", browser);

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Ticket_UsedTwice_IsRefused()
    {
        var (key, ticket) = await GetTicketAsync();
        using (var first = await AskAsync(ticket.Host, ticket.PathAndQuery, key)) Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);

        using var second = await AskAsync(ticket.Host, ticket.PathAndQuery, key);

        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Ticket_InAnotherBrowser_IsRefused()
    {
        var (_, ticket) = await GetTicketAsync();

        using var without = await AskAsync(ticket.Host, ticket.PathAndQuery);
        using var withAnother = await AskAsync(ticket.Host, ticket.PathAndQuery, "playbook-entry-key=another");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (without.StatusCode, withAnother.StatusCode));
    }

    [Theory]
    [InlineData("//evil.test/")]
    [InlineData("http://evil.test/socket/")]
    [InlineData("/socket/../api/v1/user")]
    [InlineData("/graph")]
    public async Task Ticket_ThatIsToLeadElsewhere_IsNotMade(string to)
    {
        using var answer = await AskAsync(Main, $"{Path}/~enter?browser={new string('a', 64)}&to={Uri.EscapeDataString(to)}", $"playbook-session={_signIn}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Session_AfterSigningOut_IsNotShownAnyMore()
    {
        var browser = await EnterAsync();
        var signedIn = await SignIns.FindAsync(_signIn, "", Cancellation);

        await SignIns.EndAsync(new Actor(_owner), signedIn!.KeyId, Visit, Cancellation);

        using var page = await AskAsync(Host, $"{Path}/page", browser);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        using var change = await SendAsync(HttpMethod.Post, Host, $"{Path}/echo", browser);
        Assert.Equal(HttpStatusCode.Unauthorized, change.StatusCode);
    }

    [Fact]
    public async Task Session_OfSomebodyElse_IsNowhere()
    {
        var (_, other) = await SignInAsync("other@example.org");
        string[] paths = [$"{Path}/page", $"{Path}/~enter?browser={new string('a', 64)}&to={Path}/page", $"/api/v1/user/integrations/cavatica/{_session}/status"];

        foreach (var path in paths)
        {
            using var answer = await AskAsync(Main, path, $"playbook-session={other}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var ended = await SendAsync(HttpMethod.Post, Main, $"/api/v1/user/integrations/cavatica/{_session}/disconnect", $"playbook-session={other}");
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/user/uploads")]
    [InlineData("/api/db/fpl")]
    [InlineData("/account/signin")]
    [InlineData("/graph")]
    [InlineData("/healthz")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/")]
    public async Task Origin_OfASession_ServesNothingOfTheApplication(string path)
    {
        var browser = await EnterAsync();

        foreach (var host in new[] { Host, "sessions.test", "another.sessions.test" })
        {
            using var answer = await AskAsync(host, path, $"{browser}; playbook-session={_signIn}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Session_AtTheApplicationsOrigin_IsNotShownToABrowser()
    {
        using var page = await AskAsync(Main, $"{Path}/page", $"playbook-session={_signIn}");
        using var change = await SendAsync(HttpMethod.Post, Main, $"{Path}/echo", $"playbook-session={_signIn}");

        Assert.Equal($"http://{Host}{Path}/page", page.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, change.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://playbooks.test")]
    [InlineData("Origin", "http://another.sessions.test")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Change_ThatAnotherOriginAsksFor_DoesNotReachTheWorker(string header, string value)
    {
        var browser = await EnterAsync();

        using var answer = await SendAsync(HttpMethod.Post, Host, $"{Path}/echo", browser, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Change_ThatAPageOfTheSessionAsksForAtTheApplication_IsRefused()
    {
        using var answer = await SendAsync(HttpMethod.Post, Main, "/api/db/user/profile", $"playbook-session={_signIn}", ("Origin", $"http://{Host}"), ("Sec-Fetch-Site", "same-site"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Headers_OfABrowser_ReachTheWorkerOnlyWhenTheyAreListed()
    {
        var browser = await EnterAsync();
        using var answer = await SendAsync(
            HttpMethod.Get, Host, $"{Path}/headers", $"{browser}; playbook-session={_signIn}; pb-{_session:N}-own=1; pb-{Guid.NewGuid():N}-foreign=2",
            ("Accept-Language", "en"), ("Authorization", "Basic abc"), ("X-Forwarded-Prefix", "/elsewhere"), ("X-Forwarded-For", "10.0.0.1"), ("Forwarded", "for=10.0.0.1"), ("X-Odd", "1"), ("Playbook-Hop", "x"), ("Proxy-Authorization", "Basic abc"));
        var told = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);

        Assert.Equal(["Accept-Language", "Cookie", "Host", "x-forwarded-prefix", "x-forwarded-proto"], told!.Select(static header => header.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("own=1", Host, Path), ($"{told!["Cookie"]}", $"{told["Host"]}", $"{told["x-forwarded-prefix"]}"));
    }

    [Fact]
    public async Task Headers_OfAWorker_ReachTheBrowserOnlyWhenTheyAreListed()
    {
        _worker!.Headers =
        [
            ("Set-Cookie", "playbook-session=stolen; Path=/; Domain=playbooks.test"), ("Set-Cookie", "__Host-playbook-session=stolen; Path=/; Secure"), ("Set-Cookie", "playbook-entry=stolen; Path=/"), ("Set-Cookie", "own=1; HttpOnly"),
            ("Server", "odd"), ("X-Odd", "1"), ("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Credentials", "true"), ("Clear-Site-Data", "\"*\""), ("Strict-Transport-Security", "max-age=1"), ("Service-Worker-Allowed", "/"),
            ("Alt-Svc", "h3=\":1\""), ("Playbook-Hop-Gone", "true"), ("WWW-Authenticate", "Basic"), ("ETag", "\"1\""), ("Content-Security-Policy", "default-src 'none'"),
        ];
        var browser = await EnterAsync();

        using var answer = await AskAsync(Host, $"{Path}/headers", browser);

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(4, cookies.Count);
        Assert.All(cookies, cookie => Assert.StartsWith($"pb-{_session:N}-", cookie, StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains($"path={Path}", cookie, StringComparison.Ordinal));
        Assert.DoesNotContain("domain", string.Join('\n', cookies), StringComparison.OrdinalIgnoreCase);
        Assert.All(["X-Odd", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Clear-Site-Data", "Strict-Transport-Security", "Service-Worker-Allowed", "Alt-Svc", "Playbook-Hop-Gone", "WWW-Authenticate"], name => Assert.False(answer.Headers.Contains(name), name));
        Assert.DoesNotContain(answer.Headers.Server, server => $"{server}".Contains("odd", StringComparison.Ordinal));
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
        Assert.Equal("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Tunnel_WithASecretThatIsWrongUsedOrTooOld_IsRefused()
    {
        var (session, secret) = await TestSessions.BeginAsync(Database, _owner);
        await using (var worker = await TunnelWorker.DialAsync(_server.Address, session, secret))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await DialAsync(session, secret));
            Assert.Equal(HttpStatusCode.Unauthorized, await DialAsync(session, "wrong"));
            Assert.Equal(HttpStatusCode.Unauthorized, await DialAsync(session, null));
            // That of one session is nothing to another.
            Assert.Equal(HttpStatusCode.Unauthorized, await DialAsync(_session, worker.Hello.Secret));
            Assert.Equal(HttpStatusCode.BadRequest, await DialAsync(session, worker.Hello.Secret));
        }

        var (over, late) = await TestSessions.BeginAsync(Database, _owner);
        await _server.Services.GetRequiredService<PlaybookBuilder.Core.Cavatica.Sessions.ProxySessions>().DisconnectAsync(new Actor(_owner), over, "", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, await DialAsync(over, late));
    }

    private async Task<(Guid UserId, string Key)> SignInAsync(string email)
    {
        var user = (await _server.Services.GetRequiredService<SignIns>().EnterAsync(Identity.OfEmail(email), Visit, Cancellation))!.Value;
        return (user, await SignIns.StartAsync(user, Identity.EmailProvider, Visit, Cancellation));
    }

    /// <summary>Opens the session as a browser does, up to its ticket.</summary>
    private async Task<(string Key, Uri Ticket)> GetTicketAsync()
    {
        using var main = await AskAsync(Main, $"{Path}/page", $"playbook-session={_signIn}");
        using var unknown = await AskAsync(main.Headers.Location!.Host, main.Headers.Location.PathAndQuery);
        var key = unknown.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(Main, unknown.Headers.Location!.Host);
        using var back = await AskAsync(Main, unknown.Headers.Location.PathAndQuery, $"playbook-session={_signIn}");
        Assert.Equal(Host, back.Headers.Location?.Host);
        return (key, back.Headers.Location!);
    }

    private async Task<(string Browser, HttpResponseMessage Entered)> EnterWithAnswerAsync()
    {
        var (key, ticket) = await GetTicketAsync();
        var entered = await AskAsync(ticket.Host, ticket.PathAndQuery, key);
        Assert.Equal($"{Path}/page", entered.Headers.Location?.OriginalString);
        return (entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0], entered);
    }

    private async Task<string> EnterAsync()
    {
        var (browser, entered) = await EnterWithAnswerAsync();
        entered.Dispose();
        return browser;
    }

    private async Task<HttpStatusCode> DialAsync(Guid session, string? secret)
    {
        using var answer = await SendAsync(HttpMethod.Get, Main, $"/api/v1/sessions/{session}/tunnel", "", secret is null ? [] : [("Authorization", $"Session {secret}")]);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> AskAsync(string host, string path, string cookies = "") => SendAsync(HttpMethod.Get, host, path, cookies);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string host, string path, string cookies, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"http://{host}{path}");
        if (cookies.Length > 0) request.Headers.Add("Cookie", cookies);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, Cancellation);
    }
}
