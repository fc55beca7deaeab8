using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>Every page of the published program, as it loads.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class PagesTests(PublishedBrowser browser)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/graph/extend")]
    [InlineData("/components")]
    public async Task Page_FromAnEmptyDirectory_LoadsWhollyAndFromHereAlone(string path)
    {
        await using var session = await browser.OpenAsync();

        await session.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });

        await BrowserSession.SeeAsync(session.Page.GetByRole(AriaRole.Heading).First);
        Assert.Empty(session.Complaints);
        Assert.All(session.Requests, static request => Assert.True(request.IsLoopback || request.Scheme is "data" or "blob", request.ToString()));
        var assets = session.Responses.Where(static response => response.Request.ResourceType is "script" or "stylesheet").ToList();
        Assert.Contains(assets, static asset => asset.Request.ResourceType == "script");
        Assert.Contains(assets, static asset => asset.Request.ResourceType == "stylesheet");
        foreach (var asset in assets)
        {
            Assert.True(asset.Ok, asset.Url);
            Assert.NotEmpty(await asset.BodyAsync());
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/graph/extend")]
    [InlineData("/components")]
    public async Task Page_OnAPhone_HasNoHorizontalScrolling(string path)
    {
        await using var session = await browser.OpenAsync(new() { ViewportSize = new() { Width = 360, Height = 740 } });

        await session.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Equal(360, await session.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Page_OfAPlaybookThatIsNot_SaysNotFound()
    {
        await using var session = await browser.OpenAsync();

        var response = await session.Page.GotoAsync("/graph/00000000-0000-0000-0000-000000000000");

        Assert.Equal(404, response!.Status);
        await BrowserSession.SeeAsync(session.Page.GetByRole(AriaRole.Heading, new() { Name = "here" }));
    }
}
