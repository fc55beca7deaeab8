using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Database.Postgres;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Replicas;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>Two replicas on one Postgres, and a worker whose tunnel is at the second.</summary>
public sealed class ReplicaHopsTests(PostgresServer server) : IAsyncLifetime
{
    private const string Secret = "a-secret-of-the-tests-that-is-long-enough";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = EngineHost.Patience };
    private Deployment.Deployment? _deployment;
    private PostgresStores? _stores;
    private TcpRelay? _balancer;
    private TunnelWorker? _worker;
    private Guid _session;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PublishedProgram Other => _deployment!.Replicas[0];

    private PublishedProgram Holder => _deployment!.Replicas[1];

    public async ValueTask InitializeAsync()
    {
        var url = await server.NewDatabaseAsync();
        _deployment = await Deployment.Deployment.StartAsync(url, replicas: 2, workers: 0);
        _stores = PostgresStores.Of(url);
        _balancer = new TcpRelay(Holder.Address.Port);
        (_session, var secret) = await TestSessions.BeginAsync(_stores.Model, LocalAccount.Id);
        _worker = await TunnelWorker.DialAsync(new Uri($"http://127.0.0.1:{_balancer.Port}"), _session, secret);
        await TestSessions.UntilHeldAsync(_stores.Model, _session, Holder.Address.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        if (_balancer is not null) await _balancer.DisposeAsync();
        if (_stores is not null) await _stores.DisposeAsync();
        if (_deployment is not null) await _deployment.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Requests_AtTheOtherReplica_ReachTheWorker()
    {
        var content = RandomNumberGenerator.GetBytes(60_000);

        using var echo = await _client.PostAsync(At(Other, "echo"), new ByteArrayContent(content), Cancellation);
        var path = await _client.GetStringAsync(At(Other, "some%20where/?a=b%20c"), Cancellation);

        Assert.Equal(content, await echo.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("/some%20where/?a=b%20c", path);
    }

    [Fact]
    public async Task WebSocket_AtTheOtherReplica_ReachesTheWorker()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(At(Other, "echo")) { Scheme = "ws" }.Uri, Cancellation);
        var buffer = new byte[100];

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
        var received = await socket.ReceiveAsync(buffer, Cancellation);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    [Fact]
    public async Task Request_AtTheOtherReplica_IsToTheWorkerAsAtTheHolder()
    {
        _worker!.Headers = [("Set-Cookie", "own=1; Path=/; Domain=example.org"), ("X-Odd", "1")];
        var told = new List<string>();
        var cookies = new List<string>();

        foreach (var replica in new[] { Other, Holder })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, At(replica, "headers"));
            request.Headers.Host = "localhost";
            request.Headers.Add("Cookie", $"pb-{_session:N}-own=1; playbook-session=mine");
            request.Headers.Add(ReplicaHops.TokenHeader, "x");
            request.Headers.Add(ReplicaHops.HostHeader, "elsewhere");
            using var answer = await _client.SendAsync(request, Cancellation);
            told.Add(string.Join('\n', (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!.Select(static header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal)));
            cookies.Add(string.Join('\n', answer.Headers.GetValues("Set-Cookie")));
            Assert.False(answer.Headers.Contains("X-Odd"));
        }

        Assert.Equal(told[1], told[0]);
        Assert.Equal($"cookie: own=1\nhost: localhost\nx-forwarded-prefix: /socket/{_session}\nx-forwarded-proto: http", told[0]);
        Assert.Equal(cookies[1], cookies[0]);
        Assert.Equal($"pb-{_session:N}-own=1; path=/socket/{_session}", cookies[0]);
    }

    [Fact]
    public async Task Playbook_OpenedAtTheOtherReplica_ReachesTheWorker()
    {
        using var kept = await _client.PostAsync(new Uri(Other.Address, "/api/db/fpl"), new StringContent(TestPlaybooks.Join("ACE2"), Encoding.UTF8, "application/json"), Cancellation);

        using var opened = await _client.PostAsJsonAsync(new Uri(Other.Address, $"/api/v1/user/integrations/cavatica/{_session}/open"), new { id = await kept.Content.ReadFromJsonAsync<Guid>(Cancellation) }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal($"{_worker!.Kept}", $"{(await opened.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["id"]}");
    }

    [Fact]
    public async Task Hop_FromOutside_NeedsARightToken()
    {
        var boot = (await new ProxySessionStore(_stores!.Model).FindAsync(_session, Cancellation))!.BootId!.Value;
        var hop = new Hop(_session, LocalAccount.Id, boot);
        var right = Tokens(Secret, TimeProvider.System);
        (string What, string? Token, int Status)[] cases =
        [
            ("no token", null, 404),
            ("nonsense", "nonsense", 401),
            ("of another secret", Tokens("another-secret-of-the-tests-that-is-long", TimeProvider.System).Issue(hop), 401),
            ("of another session", right.Issue(hop with { SessionId = Guid.NewGuid() }), 401),
            ("of another time", Tokens(Secret, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(-3))).Issue(hop), 401),
            ("of another user", right.Issue(hop with { UserId = Guid.NewGuid() }), 404),
            ("for another run", right.Issue(hop with { BootId = Guid.NewGuid() }), 421),
            ("right", right.Issue(hop), 200),
        ];
        var told = new List<(string, int)>();

        foreach (var (what, token, _) in cases)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Holder.Address, $"{ReplicaHops.PathOf(_session)}/page"));
            if (token is not null) request.Headers.Add(ReplicaHops.TokenHeader, token);
            request.Headers.Add(ReplicaHops.HostHeader, "localhost");
            using var answer = await _client.SendAsync(request, Cancellation);
            told.Add((what, (int)answer.StatusCode));
        }

        Assert.Equal(cases.Select(static one => (one.What, one.Status)), told);
    }

    [Fact]
    public async Task Hop_ToAReplicaWithoutTheTunnel_GoesNoFurther()
    {
        // As a program that is mistaken would hand it on: the run is not known to it, so it does not look for another.
        var boot = (await new ProxySessionStore(_stores!.Model).FindAsync(_session, Cancellation))!.BootId!.Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Other.Address, $"{ReplicaHops.PathOf(_session)}/page"));
        request.Headers.Add(ReplicaHops.TokenHeader, Tokens(Secret, TimeProvider.System).Issue(new Hop(_session, LocalAccount.Id, boot)));

        using var answer = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Holder_ThatIsKilled_BreaksWhatWasUnderWayAndIsReplacedWithinSeconds()
    {
        var underWay = _client.GetAsync(At(Other, "silence"), Cancellation);
        await _worker!.IsAsked.WaitAsync(EngineHost.Patience, Cancellation);
        _balancer!.Target = Other.Address.Port;

        var killed = Stopwatch.GetTimestamp();
        await Holder.KillAsync();
        using var broken = await underWay;
        Assert.Equal(HttpStatusCode.BadGateway, broken.StatusCode);
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(3));

        // The first that asks waits for the worker to dial again.
        using var answer = await _client.GetAsync(At(Other, "page"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Holder_ThatIsKilledAndLeavesTheWorkerAlone_IsAnsweredWithRetryAfter()
    {
        await _balancer!.DisposeAsync();
        _balancer = null;
        await Holder.KillAsync();

        using var answer = await _client.GetAsync(At(Other, "page"), Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Null((await new ProxySessionStore(_stores!.Model).FindAsync(_session, Cancellation))!.BootId);
    }

    [Fact]
    public async Task Holder_ThatStartedAgain_IsUsableOnceTheWorkerDialled()
    {
        await _deployment!.ReplaceReplicaAsync(1);

        using var answer = await UntilAsync(HttpStatusCode.OK, At(Other, "page"));
        var row = await TestSessions.UntilHeldAsync(_stores!.Model, _session, Holder.Address.Port);

        Assert.Equal(2, row.Epoch);
    }

    [Fact]
    public async Task Tunnel_OfALaterTime_TakesThePlaceOfOneAtAnotherReplica()
    {
        var row = await new ProxySessionStore(_stores!.Model).FindAsync(_session, Cancellation);
        // What the worker would dial with after it was cut off.
        var secret = SecretKeys.New();
        await using (var session = await PostgresSession.OpenAsync(_stores.Url)) await session.ExecuteAsync($"UPDATE proxy_session SET secret_hash = '{SecretKeys.Hash(secret)}'");
        await using var later = await TunnelWorker.DialAsync(Other.Address, _session, secret);
        later.Page = "the later one";
        await TestSessions.UntilHeldAsync(_stores.Model, _session, Other.Address.Port);

        // The earlier one is cut off; it dials again, and its secret is good for nothing.
        var refused = await _worker!.Refused.WaitAsync(EngineHost.Patience, Cancellation);

        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        Assert.Equal(row!.Epoch + 1, later.Hello.Epoch);
        foreach (var replica in new[] { Other, Holder }) Assert.Equal("the later one", await _client.GetStringAsync(At(replica, "page"), Cancellation));
    }

    private Uri At(PublishedProgram replica, string path) => new(replica.Address, $"/socket/{_session}/{path}");

    private static HopTokens Tokens(string secret, TimeProvider time) => new(new AppSecret(Options.Create(new AppSecretOptions { Text = secret })), time);

    private async Task<HttpResponseMessage> UntilAsync(HttpStatusCode status, Uri address)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(EngineHost.Patience);
        while (true)
        {
            var answer = await _client.GetAsync(address, limit.Token);
            if (answer.StatusCode == status) return answer;

            answer.Dispose();
        }
    }
}
