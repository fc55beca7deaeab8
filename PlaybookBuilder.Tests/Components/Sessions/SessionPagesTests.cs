using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Sessions;

namespace PlaybookBuilder.Tests.Components.Sessions;

/// <summary>What its owner sees of a session, on the pages of the public side.</summary>
public sealed class SessionPagesTests : PageTestContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Actor Local = new(LocalAccount.Id, IsAdmin: true);
    private static readonly Uri Here = new("http://localhost/");

    private readonly ScriptedLauncher _launcher;

    public SessionPagesTests()
        : this(new ScriptedLauncher())
    {
    }

    private SessionPagesTests(ScriptedLauncher launcher)
        : base(services => services.RemoveAll<ISessionLauncher>().AddSingleton<ISessionLauncher>(launcher), (ProxySessionOptions.LauncherVariable, LocalLauncher.LauncherName))
    {
        _launcher = launcher;
        Authorization.SetAuthorized("Ada");
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()));
    }

    private ProxySessions Sessions => Services.GetRequiredService<ProxySessions>();

    [Fact]
    public async Task Connect_Pressed_ShowsHowFarTheSessionIs()
    {
        var panel = Render<SessionsPanel>();
        var banner = Render<SessionBanner>();
        Assert.Empty(banner.Markup.Trim());

        await panel.FindAll("button").Single(button => button.TextContent == "Connect").ClickAsync();

        // The banner of another page of the same reader hears of it.
        banner.WaitForAssertion(() => Assert.Contains("Queued", banner.Find("p[role=status]").TextContent), Patience);
        panel.WaitForAssertion(() => Assert.Equal("Queued", panel.Find("li[aria-current=step]").TextContent), Patience);
        _launcher.State = new LaunchedState(ProxySessionState.Initializing);
        banner.WaitForAssertion(() => Assert.Contains("This takes up to 5 minutes.", banner.Find("p[role=status]").TextContent), Patience);
        Assert.DoesNotContain("Open the session", banner.Markup);
        Assert.Single(panel.FindAll("tbody tr"));
    }

    [Fact]
    public async Task Refusal_OfTheLauncher_IsTold()
    {
        _launcher.Refusal = "The project is archived.";
        var panel = Render<SessionsPanel>();

        await panel.FindAll("button").Single(button => button.TextContent == "Connect").ClickAsync();

        panel.WaitForAssertion(() => Assert.Contains("Failed The project is archived.", panel.Find("tbody tr").TextContent), Patience);
        Assert.Single(panel.FindAll("button"), button => button.TextContent == "Connect");
    }

    [Fact]
    public async Task Banner_OfAConnectedSession_OpensAndEndsIt()
    {
        var session = await LaunchAsync();
        await ConnectAsync(session);
        var banner = Render<SessionBanner>();

        Assert.EndsWith($"/socket/{session}/", banner.WaitForElement("a", Patience).GetAttribute("href"));
        await banner.FindAll("button").Single(button => button.TextContent == "Disconnect").ClickAsync();

        banner.WaitForAssertion(() => Assert.Contains("Closed", banner.Find("p[role=status]").TextContent), Patience);
        Assert.NotNull((await Sessions.GetAsync(Local, session, Cancellation)).Ended);
        await banner.Find("button[aria-label='Hide this']").ClickAsync();
        Assert.Empty(banner.Markup.Trim());
    }

    [Fact]
    public async Task Banner_OfAWorkerThatIsGone_SaysSo()
    {
        var session = await LaunchAsync();
        await ConnectAsync(session);
        var banner = Render<SessionBanner>();

        _launcher.State = new LaunchedState(ProxySessionState.Failed, "The machine was taken away.");

        banner.WaitForAssertion(() => Assert.Contains("Failed The machine was taken away.", banner.Find("p[role=status]").TextContent), Patience);
    }

    [Fact]
    public async Task Playbook_OfferedToASession_IsSaidWhenItCanNot()
    {
        var playbook = await ComputeAsync(GeneSet("STAT3"));
        Assert.Empty(Render<SessionMove>(parameters => parameters.Add(move => move.Playbook, playbook)).Markup.Trim());
        await ConnectAsync(await LaunchAsync());
        var move = Render<SessionMove>(parameters => parameters.Add(move => move.Playbook, playbook));

        await move.WaitForElement("button", Patience).ClickAsync();

        // No worker dialled.
        var messages = Services.GetRequiredService<MudBlazor.ISnackbar>();
        move.WaitForAssertion(() => Assert.Contains("can't be reached", Assert.Single(messages.ShownSnackbars).Message), Patience);
        Assert.False(move.Find("button").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Playbook_BroughtFromASessionThatIsNotTheReaders_IsSaid()
    {
        var page = Render<BringPage>(parameters => parameters.Add(page => page.SessionId, Guid.NewGuid()).Add(page => page.PlaybookId, Guid.NewGuid()));

        await page.Find("button").ClickAsync();

        page.WaitForElement("[role=alert]", Patience);
    }

    [Fact]
    public async Task Launches_AtOnce_BeginOneSession()
    {
        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TryLaunchAsync)));

        Assert.Single(begun, static isBegun => isBegun);
        Assert.Single(await Sessions.ListAsync(Local, Cancellation));
    }

    [Fact]
    public async Task Banner_AfterASessionOfFormerDays_IsNotThere()
    {
        var session = await LaunchAsync();
        await Sessions.DisconnectAsync(Local, session, "", Cancellation);
        while ((await Sessions.GetAsync(Local, session, Cancellation)).Ended is null) await Task.Delay(20, Cancellation);

        var banner = Render<SessionBanner>();
        var panel = Render<SessionsPanel>();
        panel.WaitForElement("tbody tr", Patience);
        // It was asked for first, so it has its answer too.
        Assert.Empty(banner.Markup.Trim());
    }

    private async Task<bool> TryLaunchAsync()
    {
        try
        {
            await Sessions.LaunchAsync(Local, Here, "", Cancellation);
            return true;
        }
        catch (WorkflowException)
        {
            return false;
        }
    }

    private async Task<Guid> LaunchAsync()
    {
        var session = await Sessions.LaunchAsync(Local, Here, "", Cancellation);
        while ((await Sessions.GetAsync(Local, session.Id, Cancellation)).RunId is null) await Task.Delay(20, Cancellation);
        _launcher.State = new LaunchedState(ProxySessionState.Started);
        return session.Id;
    }

    private async Task ConnectAsync(Guid session)
    {
        await Services.GetRequiredService<IModelDatabase>().WriteAsync(
            async (context, token) =>
            {
                var row = await context.Set<ProxySessionRow>().FindAsync([session], token);
                (row!.State, row.Connected) = (ProxySessionState.Connected, row.Created);
                return await context.SaveChangesAsync(token);
            },
            Cancellation);
    }
}
