using System.Net;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Authentication;

public sealed class RateLimitsTests
{
    [Fact]
    public async Task Requests_BeyondTheLimit_AreToldWhenToComeBack()
    {
        await using var server = new SignInServer(("RATE_LIMIT", "3"));
        using var visitor = server.NewVisitor();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await visitor.AskAsync("/api/components");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var refused = await visitor.AskAsync("/api/components");
        using var page = await visitor.AskAsync("/graph");

        await Problems.ReadAsync(refused, HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task SignIns_BeyondTheLimit_AreRefused()
    {
        await using var server = new SignInServer(("RATE_LIMIT_SIGNIN", "1"), ("AUTH_OIDC", OutsideWorld.ToSetting("http://localhost:9")));
        using var visitor = server.NewVisitor();
        using (await visitor.AskAsync("/account/signin/with/lab")) { }

        using var refused = await visitor.AskAsync("/account/signin/with/lab");

        await Problems.ReadAsync(refused, HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Requests_OfTheLocalUser_AreNotCounted()
    {
        await using var server = new SignInServer(("RATE_LIMIT", "1"), ("RATE_LIMIT_RUN", "1"), ("AUTH_LOCAL_USER", "true"));
        using var visitor = server.NewVisitor();

        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, await visitor.MayUploadAsync());
    }
}
