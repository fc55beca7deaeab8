using System.Security.Claims;
using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Files;

namespace PlaybookBuilder.Tests.Components.Files;

public sealed class UploadsPageTests : PageTestContext
{
    private static readonly Actor Local = new(LocalAccount.Id, IsAdmin: true);

    public UploadsPageTests()
    {
        Authorization.SetAuthorized("Ada");
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()));
    }

    [Fact]
    public async Task Delete_AfterTheQuestion_TakesTheFileOffTheList()
    {
        var url = await UploadAsync("größe.csv");
        await UploadAsync("other.csv");
        await Engine.ImportAsync(Playbook.Empty.Extend(new Process("FileInput", Datum.OfJson("FileInput", $$"""{"url":"{{url}}","filename":"größe.csv"}"""))), Local, Cancellation);
        var page = RenderPage();

        await page.Find("button[aria-label='Delete größe.csv']").ClickAsync();
        Assert.Contains("One answer of a step names it, in playbooks that nobody saved.", page.Find("dialog").TextContent);
        Assert.Equal(2, page.FindAll(".files li").Count);
        await page.FindAll("dialog button").Single(button => button.TextContent == "Delete the file").ClickAsync();

        Assert.Equal("other.csv", Assert.Single(page.FindAll(".files .name")).TextContent);
        Assert.Contains("größe.csv was deleted.", page.Find("[role=status]").TextContent);
        Assert.Single((await Uploads.ListAsync(Local, new(), Cancellation)).Items);
    }

    [Fact]
    public async Task Keep_AfterTheQuestion_ChangesNothing()
    {
        await UploadAsync("a.csv");
        var page = RenderPage();

        await page.Find("button[aria-label='Delete a.csv']").ClickAsync();
        Assert.Contains("Nothing uses it.", page.Find("dialog").TextContent);
        await page.FindAll("dialog button").Single(button => button.TextContent == "Keep it").ClickAsync();

        Assert.Single(page.FindAll(".files li"));
        Assert.Single((await Uploads.ListAsync(Local, new(), Cancellation)).Items);
    }

    [Fact]
    public async Task Delete_OfWhatIsGoneAlready_SaysSo()
    {
        var url = await UploadAsync("a.csv");
        var page = RenderPage();
        await Uploads.DeleteAsync(Local, url[(url.LastIndexOf('/') + 1)..], Cancellation);

        await page.Find("button[aria-label='Delete a.csv']").ClickAsync();

        page.WaitForElement("[role=alert]", EngineHost.Patience);
        Assert.Contains("There is no such upload of yours.", page.Find("[role=alert]").TextContent);
        Assert.Empty(page.FindAll(".files li"));
    }

    [Fact]
    public async Task ShowMore_AfterADeletion_LeavesNothingOut()
    {
        for (var i = 0; i < 52; i++) await UploadAsync($"{i}.csv");
        var page = RenderPage();
        Assert.Equal(50, page.FindAll(".files li").Count);

        await page.FindAll(".files button").First(button => button.TextContent == "Delete").ClickAsync();
        await page.FindAll("dialog button").Single(button => button.TextContent == "Delete the file").ClickAsync();
        await page.FindAll("button").Single(button => button.TextContent == "Show more").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(51, page.FindAll(".files li").Count), EngineHost.Patience);
        Assert.Equal(51, page.FindAll(".files .name").Select(name => name.TextContent).Distinct().Count());
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "Show more");
    }

    private IRenderedComponent<UploadsPage> RenderPage()
    {
        var page = Render<UploadsPage>();
        page.WaitForElement(".files li", EngineHost.Patience);
        return page;
    }

    private OwnUploads Uploads => Services.GetRequiredService<OwnUploads>();

    private async Task<string> UploadAsync(string name) =>
        (await Services.GetRequiredService<FileUploads>().AddAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(name)), LocalAccount.Id, Cancellation))!.Url;
}
