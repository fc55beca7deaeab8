using System.Security.Claims;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Resumable;
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
        Assert.Contains("größe.csv was deleted.", page.Find(".pb-note").TextContent);
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

        page.WaitForElement(".pb-problem", EngineHost.Patience);
        Assert.Contains("There is no such upload of yours.", page.Find(".pb-problem").TextContent);
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

    [Fact]
    public async Task Search_ByTheAddress_ShowsWhatHasTheWords()
    {
        await UploadAsync("counts.csv");
        await UploadAsync("Genes.gmt");

        var page = RenderPage("?q=genes");
        Assert.Equal("Genes.gmt", Assert.Single(page.FindAll(".files .name")).TextContent);
        Assert.Equal("genes", page.Find("input[type=search]").GetAttribute("value"));

        await page.Find("input[type=search]").InputAsync("nothing of this");
        page.WaitForAssertion(() => Assert.Contains("No upload has “nothing of this” in its name.", page.Markup), EngineHost.Patience);
        Assert.EndsWith("account/uploads?q=nothing%20of%20this", Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Theory]
    [InlineData("", "b.csv", "a-longer-name.csv")]
    [InlineData("?sort=name", "a-longer-name.csv", "b.csv")]
    [InlineData("?sort=size", "a-longer-name.csv", "b.csv")]
    [InlineData("?sort=bogus", "b.csv", "a-longer-name.csv")]
    public async Task Order_ByTheAddress_IsShown(string query, string first, string second)
    {
        await UploadAsync("a-longer-name.csv");
        await Task.Delay(2, Cancellation);
        await UploadAsync("b.csv");

        var page = RenderPage(query);

        Assert.Equal([first, second], page.FindAll(".files .name").Select(name => name.TextContent));
        Assert.Single(page.FindAll("nav a[aria-current=true]"));
    }

    [Fact]
    public void Words_ThatNoDatabaseLooksFor_AreRefusedInThePage()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"account/uploads?q={new string('x', 201)}");
        var page = Render<UploadsPage>();

        page.WaitForAssertion(() => Assert.Contains("may have 200 characters", page.Find(".pb-problem").TextContent), EngineHost.Patience);
    }

    [Fact]
    public async Task Share_AFile_SaysWhoCanDownloadItNow()
    {
        await UploadAsync("a.csv");
        var page = RenderPage();
        Assert.Equal("Private", page.Find(".files select").GetAttribute("value"));

        await page.Find(".files select").ChangeAsync("Public");

        page.WaitForAssertion(() => Assert.Contains("Everybody can download a.csv now", page.Find(".pb-note").TextContent), EngineHost.Patience);
        Assert.Equal("Public", page.Find(".files select").GetAttribute("value"));
        Assert.Equal(UploadSharing.Public, Assert.Single((await Uploads.ListAsync(Local, new(), Cancellation)).Items).Sharing);
    }

    [Fact]
    public async Task Use_InANewPlaybook_BeginsOneWithTheFileAsItsAnswer()
    {
        var url = await UploadAsync("library.gmt");
        var page = RenderPage();

        await page.Find("button[aria-label='Use in a new playbook: library.gmt']").ClickAsync();
        await page.FindAll("dialog .kinds button").Single(button => button.QuerySelector("strong")!.TextContent == "Gene Matrix Transpose").ClickAsync();

        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.Contains("/graph/", navigation.Uri), EngineHost.Patience);
        var playbook = await Engine.GetAsync(Guid.Parse(navigation.Uri[(navigation.Uri.LastIndexOf('/') + 1)..]), Cancellation);
        var process = Assert.Single(playbook.Steps).Process;
        Assert.Contains(url, process.Data!.Value);
        Assert.Contains("\"filename\":\"library.gmt\"", process.Data.Value);
    }

    [Fact]
    public async Task Unfinished_Uploads_AreListedAndGivenUp()
    {
        var resumable = Services.GetRequiredService<ResumableUploads>();
        var upload = await resumable.CreateAsync(Local, "half.csv", 10, Cancellation);
        await resumable.AppendAsync(Local, upload.Id, 0, new MemoryStream(new byte[4]), null, Cancellation);
        await UploadAsync("whole.csv");
        var page = RenderPage();
        Assert.Contains("4 bytes of 10 bytes", page.Find("ul.rows li").TextContent);

        await page.FindAll("button").Single(button => button.TextContent == "Give it up").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("ul.rows li")), EngineHost.Patience);
        Assert.Empty(await resumable.ListAsync(Local, Cancellation));
    }

    [Fact]
    public async Task Room_Taken_FollowsWhatIsDeleted()
    {
        await UploadAsync("12345.csv");
        var page = RenderPage();
        Assert.Equal("9 bytes taken", page.Find(".room").TextContent);

        await page.Find("button[aria-label='Delete 12345.csv']").ClickAsync();
        await page.FindAll("dialog button").Single(button => button.TextContent == "Delete the file").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("0 bytes taken", page.Find(".room").TextContent), EngineHost.Patience);
    }

    [Theory]
    [InlineData(9, 1_000, "9 bytes of 1 kB taken", "0", false)]
    [InlineData(9, 10, "1 byte left", "90", true)]
    [InlineData(10, 9, "Nothing more has room", "100", true)]
    [InlineData(0, 0, "Nothing more has room", "100", true)]
    public void Room_WithAQuota_SaysWhatIsLeft(long used, long quota, string text, string percent, bool isFull)
    {
        var room = Render<RoomTaken>(form => form.Add(one => one.Room, new UploadRoom(used, quota))).Find(".room");

        Assert.Contains(text, room.TextContent);
        Assert.Equal(percent, room.QuerySelector("progress")!.GetAttribute("value"));
        Assert.Equal(isFull, room.HasAttribute("data-full"));
    }

    private IRenderedComponent<UploadsPage> RenderPage(string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"account/uploads{query}");
        var page = Render<UploadsPage>();
        page.WaitForElement(".files li", EngineHost.Patience);
        return page;
    }

    private OwnUploads Uploads => Services.GetRequiredService<OwnUploads>();

    private async Task<string> UploadAsync(string name) =>
        (await Services.GetRequiredService<FileUploads>().AddAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(name)), LocalAccount.Id, Cancellation))!.Url;
}
