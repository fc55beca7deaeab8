using System.Net;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Hosting;

namespace PlaybookBuilder.Tests.Hosting;

public sealed class WebInterfaceTests(PageServer server) : IClassFixture<PageServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/graph")]
    [InlineData("/graph/start")]
    [InlineData("/graph/extend")]
    [InlineData("/components")]
    [InlineData("/playbooks")]
    [InlineData("/playbooks/community?q=liver&input=Set%5BGene%5D&page=2&sort=date")]
    [InlineData("/playbooks?q=%00&input=%00&page=x&kind=x")]
    [InlineData("/account/playbooks")]
    [InlineData("/account/playbooks?deleted=true")]
    [InlineData("/account/suggestions")]
    [InlineData("/graph/suggest")]
    public async Task Get_Page_IsWholeAndAllowsNoForeignScript(string path)
    {
        using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("</html>", html);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("unsafe-eval", policy);
        Assert.DoesNotMatch("<script(?![^>]* src=)[^>]*>", html);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/graph/xyz")]
    [InlineData("/graph/00000000-0000-8000-8000-000000000000")]
    [InlineData("/report/xyz")]
    [InlineData("/components/NotHere")]
    [InlineData("/graph/00000000-0000-8000-8000-000000000000/suggest")]
    [InlineData("/playbooks/00000000-0000-8000-8000-000000000000/open")]
    [InlineData("/playbooks/xyz/open")]
    public async Task Get_WhatDoesNotExist_IsAPageWith404(string path)
    {
        using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("</html>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/app.css")]
    [InlineData("/favicon.svg")]
    [InlineData("/theme.js")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/PlaybookBuilder.Web.styles.css")]
    public async Task Get_Asset_IsNotEmpty(string path)
    {
        var content = await server.Client.GetByteArrayAsync(path, TestContext.Current.CancellationToken);

        Assert.NotEmpty(content);
    }

    [Fact]
    public async Task Head_Page_AnswersAsGetDoes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/graph/extend");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("/graph", true)]
    [InlineData("https://example.org/start", true)]
    [InlineData("/", false)]
    [InlineData("//example.org", false)]
    [InlineData("graph", false)]
    [InlineData("javascript:alert(1)", false)]
    public void LandingPage_OnlyPathsAndWebAddresses_AreTaken(string? page, bool isTaken) =>
        Assert.Equal(isTaken, new LandingOptionsCheck().Validate(null, new LandingOptions { Page = page }).Succeeded);
}
