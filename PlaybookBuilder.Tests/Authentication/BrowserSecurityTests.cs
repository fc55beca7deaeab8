using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Authentication.Sessions;

namespace PlaybookBuilder.Tests.Authentication;

/// <summary>What browsers are told, so that other sites can do nothing here.</summary>
public sealed class BrowserSecurityTests(OutsideWorld world) : IClassFixture<OutsideWorld>
{
    [Fact]
    public async Task Headers_KeepPagesOutOfForeignFramesAndScriptsOutOfPages()
    {
        await using var server = new SignInServer();
        using var visitor = server.NewVisitor();

        using var page = await visitor.OpenAsync("/account/signin");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", page.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("camera=()", page.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("same-origin", page.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Cookies_ByHttps_AreOfThisHostOnly()
    {
        await using var server = new SignInServer(("AUTH_OIDC", world.Setting), ("TRUSTED_PROXIES", "127.0.0.1,::1"));
        using var visitor = server.NewVisitor();
        // As the ingress passes it on.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/signin/with/lab") { Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-For", "10.0.0.7" } } };
        using var start = await visitor.SendAsync(request);
        var context = new DefaultHttpContext { RequestServices = server.Services };
        context.Request.Scheme = "https";
        var userId = await server.Services.GetRequiredService<SignIns>().EnterAsync(Identity.OfEmail("https@example.org"), new Visit("", ""), TestContext.Current.CancellationToken);
        await server.Services.GetRequiredService<SessionCookie>().StartAsync(context, userId!.Value, Identity.EmailProvider);

        Assert.Contains("redirect_uri=https%3A%2F%2F", start.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("code_challenge_method=S256", start.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.All(start.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure;", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("max-age=31536000", start.Headers.GetValues("Strict-Transport-Security").Single());
        var session = Assert.Single(context.Response.Headers.SetCookie)!;
        Assert.StartsWith("__Host-playbook-session=", session, StringComparison.Ordinal);
        Assert.All(["secure", "httponly", "samesite=lax", "path=/"], flag => Assert.Contains(flag, session, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", session, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Origin", "https://example.org", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    public async Task Change_InASignedInBrowser_IsMadeByOurOwnPagesOnly(string header, string value, HttpStatusCode expected)
    {
        await using var server = new SignInServer();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        var userId = await server.Services.GetRequiredService<SignIns>().EnterAsync(Identity.OfEmail("reader@example.org"), new Visit("", ""), TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Add("Cookie", $"playbook-session={await server.Services.GetRequiredService<UserSessions>().StartAsync(userId!.Value, Identity.EmailProvider, new Visit("", ""), TestContext.Current.CancellationToken)}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/db/user/profile") { Content = new StringContent("""{"affiliation": "Elsewhere"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add(header, value);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var profile = await client.GetStringAsync("/api/db/user/profile", TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, profile.Contains("Elsewhere", StringComparison.Ordinal));
    }
}
