using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Worker;
using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>Which requests to a worker are something that its user does.</summary>
public sealed class SessionRequestsTests
{
    private readonly FakeTimeProvider _time = FakeClock.New();
    private readonly SessionPresence _presence;
    private readonly SessionLife _life;

    public SessionRequestsTests()
    {
        _presence = new SessionPresence(_time);
        _life = new SessionLife(TestPlaces.At(_time), _time, static _ => Task.CompletedTask);
    }

    [Theory]
    [InlineData("POST", "/api/db/fpl", null)]
    [InlineData("GET", "/api/db/fpl/1/export", null)]
    [InlineData("GET", "/api/v1/components/core/file/download", "document")]
    [InlineData("PATCH", "/api/v1/files/1", "empty")]
    [InlineData("GET", "/ga4gh/drs/v1/objects/1", null)]
    public async Task Request_ToTheApi_IsAnAct_AndUnderWayUntilItsEnd(string method, string path, string? destination)
    {
        var during = await SendAsync(method, path, destination, new Tunnel());

        Assert.True(during);
        Assert.False(_presence.HasRequest);
        Assert.Equal(_time.GetUtcNow(), _life.LastActed);
    }

    [Theory]
    [InlineData("GET", "/api/db/fpl/1/output", "empty")]
    [InlineData("GET", "/graph/1", "document")]
    [InlineData("GET", "/app.css", "style")]
    [InlineData("POST", "/_blazor/negotiate", "empty")]
    [InlineData("CONNECT", "/_blazor", "websocket")]
    [InlineData("HEAD", "/healthz", null)]
    public async Task Request_OfAPageByItself_IsNone(string method, string path, string? destination)
    {
        var during = await SendAsync(method, path, destination, new Tunnel());

        Assert.False(during);
        Assert.Equal(_life.Place.Created, _life.LastActed);
    }

    [Fact]
    public async Task Request_ThatDidNotComeThroughTheTunnel_IsNone()
    {
        await SendAsync("POST", "/api/db/fpl", destination: null, tunnel: null);

        Assert.Equal(_life.Place.Created, _life.LastActed);
    }

    // Whether it was under way while it was answered, which takes a minute.
    private async Task<bool> SendAsync(string method, string path, string? destination, ITunnelFeature? tunnel)
    {
        var isUnderWay = false;
        await using var services = new ServiceCollection().BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        new SessionRequests(_life, _presence).Configure(inner => inner.Run(_ =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            isUnderWay = _presence.HasRequest;
            return Task.CompletedTask;
        }))(app);
        var context = new DefaultHttpContext { RequestServices = services, Request = { Method = method, Path = path } };
        if (destination is not null) context.Request.Headers["Sec-Fetch-Dest"] = destination;
        context.Features.Set(tunnel);
        await app.Build()(context);
        return isUnderWay;
    }

    private sealed class Tunnel : ITunnelFeature;
}
