using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using PlaybookBuilder.Web.Components.Account;

namespace PlaybookBuilder.Tests.Components.Account;

public sealed class IntegrationsPageTests : PageTestContext
{
    private const string Project = "Ada/lab";

    private static readonly Actor Local = new(LocalAccount.Id, IsAdmin: true);

    // Its address is among the settings, which are read before the first test's own code.
    private static readonly Lazy<FakeSevenBridges> Platform = new(() => FakeSevenBridges.StartAsync().GetAwaiter().GetResult());
    private static readonly Lazy<string> Key = new(() =>
    {
        Platform.Value.AddProject(Project);
        return Platform.Value.AddUser("Ada");
    });

    public IntegrationsPageTests() : base(("CAVATICA_API_ENDPOINT", Platform.Value.Address.ToString()))
    {
        Authorization.SetAuthorized("Ada");
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()), new Claim(ClaimTypes.Name, "Ada"));
    }

    private CavaticaAccounts Accounts => Services.GetRequiredService<CavaticaAccounts>();

    [Fact]
    public async Task Key_Entered_IsTriedAndLeavesThePage()
    {
        var page = Render<IntegrationsPage>();
        await EnterAsync(page, Key.Value);

        Assert.Contains("The key of Ada works", page.Find("[role=status]").TextContent);
        Assert.DoesNotContain(Key.Value, page.Markup);
        Assert.Equal("password", page.Find("input").GetAttribute("type"));
        await page.Find("select").ChangeAsync(new ChangeEventArgs { Value = Project });
        await page.FindAll("form")[0].SubmitAsync();

        Assert.Contains("Sessions run in Ada/lab", page.Find("[role=status]").TextContent);
        Assert.Equal(Project, (await Accounts.FindAsync(Local, Cancellation))!.Project);
    }

    [Fact]
    public async Task Key_ThatIsRefused_IsSaidAndNotKept()
    {
        var page = Render<IntegrationsPage>();
        await EnterAsync(page, "wrong");

        Assert.Contains("does not accept this key", page.Find("[role=alert]").TextContent);
        Assert.Null(await Accounts.FindAsync(Local, Cancellation));
        Assert.Empty(page.FindAll("select"));
    }

    [Fact]
    public async Task Projects_OfTheKeptKey_AreOfferedWhenThePageOpens()
    {
        await Accounts.SaveAsync(Local, Key.Value, Project, "", Cancellation);
        var page = Render<IntegrationsPage>();
        page.WaitForElement($"option[value='{Project}']", EngineHost.Patience);

        Assert.Equal(Project, page.Find("select").GetAttribute("value"));
        Assert.DoesNotContain(Key.Value, page.Markup);
    }

    [Fact]
    public async Task Delete_IsAskedForFirstAndForgetsTheKey()
    {
        await Accounts.SaveAsync(Local, Key.Value, Project, "", Cancellation);
        var page = Render<IntegrationsPage>();
        page.WaitForElement($"option[value='{Project}']", EngineHost.Patience);
        var delete = page.Find("button[aria-label='Delete it: Delete the CAVATICA key']");
        Assert.NotNull(delete.Closest("details"));
        await delete.ClickAsync();

        Assert.Equal("The key is deleted.", page.Find("[role=status]").TextContent);
        Assert.Null(await Accounts.FindAsync(Local, Cancellation));
    }

    private static async Task EnterAsync(IRenderedComponent<IntegrationsPage> page, string key)
    {
        await page.WaitForElement("input[type=password]", EngineHost.Patience).ChangeAsync(new ChangeEventArgs { Value = key });
        await page.FindAll("form")[^1].SubmitAsync();
    }
}
