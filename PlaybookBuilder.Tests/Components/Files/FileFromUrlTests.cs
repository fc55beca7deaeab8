using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Tests.Files.Fetching;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Files;

namespace PlaybookBuilder.Tests.Components.Files;

public sealed class FileFromUrlTests : PageTestContext
{
    private readonly List<FileUrl> _fetched = [];
    private readonly List<bool> _told = [];

    public FileFromUrlTests()
        : base((FetchOptions.Variable, "127.0.0.0/8"))
    {
        Authorization.SetAuthorized("Ada");
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetch_ByButtonOrEnter_GivesTheFile(bool byEnter)
    {
        await using var site = await OtherSite.StartAsync();
        var form = RenderForm();

        await form.Find("input").InputAsync($"{site.Address}counts.csv");
        await (byEnter ? form.Find("input").KeyDownAsync("Enter") : form.Find("button").ClickAsync());

        form.WaitForAssertion(() => Assert.Single(_fetched), EngineHost.Patience);
        Assert.Equal(("counts.csv", OtherSite.Content.Length), (_fetched[0].Filename, (int)_fetched[0].Size!));
        Assert.Equal("", form.Find("input").GetAttribute("value"));
    }

    [Theory]
    [InlineData("", "Type the URL of a file.")]
    [InlineData("file:///etc/passwd", "Files are not fetched by 'file:'")]
    [InlineData("counts.csv", "That is no URL")]
    [InlineData("status/404", "has no such file (404)")]
    public async Task Fetch_OfWhatCanNot_SaysWhyAndKeepsWhatWasTyped(string typed, string problem)
    {
        await using var site = await OtherSite.StartAsync();
        var form = RenderForm();
        var url = typed.StartsWith("status", StringComparison.Ordinal) ? $"{site.Address}{typed}" : typed;

        await form.Find("input").InputAsync(url);
        await form.Find("button").ClickAsync();

        form.WaitForAssertion(() => Assert.Contains(problem, form.Find("[role=alert]").TextContent), EngineHost.Patience);
        Assert.Equal(url, form.Find("input").GetAttribute("value"));
        Assert.Equal("true", form.Find("input").GetAttribute("aria-invalid"));
        Assert.Empty(_fetched);
    }

    [Fact]
    public async Task Cancel_WhileItComes_KeepsNothing()
    {
        await using var site = await OtherSite.StartAsync();
        var form = RenderForm();
        await form.Find("input").InputAsync($"{site.Address}endless");

        var fetch = form.Find("button").ClickAsync();
        form.WaitForAssertion(() => Assert.Contains("of an unknown size", form.Find(".coming").TextContent), EngineHost.Patience);
        Assert.Equal([true], _told);
        await form.FindAll("button").Single(button => button.TextContent.EndsWith("Cancel", StringComparison.Ordinal)).ClickAsync();
        await fetch;

        Assert.Equal([true, false], _told);
        Assert.Equal("", form.Find("[role=alert]").TextContent);
        Assert.Empty(_fetched);
        Assert.Empty((await Services.GetRequiredService<OwnUploads>().ListAsync(new Actor(LocalAccount.Id, IsAdmin: true), new PageRequest(), Cancellation)).Items);
    }

    private IRenderedComponent<FileFromUrl> RenderForm() => Render<FileFromUrl>(form => form.Add(one => one.OnFetched, _fetched.Add).Add(one => one.OnFetching, _told.Add));
}
