using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web;
using PlaybookBuilder.Web.Components.Editor;

namespace PlaybookBuilder.Tests.Components.Editor;

public sealed class BuilderPageTests : PageTestContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Page_Playbook_ShowsItsLastStepWithItsResult()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2", "TP53"));

        var page = RenderPage(playbook.Id.ToString());

        page.WaitForAssertion(() => Assert.Contains("ACE2", page.Find("article .result").TextContent));
        Assert.Single(page.FindAll(".path li"));
        Assert.Contains("Done", page.Find("article header").TextContent);
    }

    [Fact]
    public void Page_UnknownPlaybook_SaysSo()
    {
        var page = RenderPage(Guid.NewGuid().ToString());

        page.WaitForAssertion(() => Assert.Contains("not here", page.Find("h1").TextContent));
    }

    [Fact]
    public async Task Page_StepOfAnotherPlaybook_SaysSo()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2"));

        var page = RenderPage(playbook.Id.ToString(), Guid.NewGuid().ToString());

        page.WaitForAssertion(() => Assert.Contains("names a step", page.Markup));
    }

    [Fact]
    public async Task Choose_NextStep_KeepsTheLongerPlaybookAndGoesThere()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2", "TP53"));
        var page = RenderPage(playbook.Id.ToString());
        var label = Catalog.GetProcessType(SetChoice).Description.Label;
        page.WaitForElement("button.pb-card");

        await page.FindAll("button.pb-card").First(card => card.TextContent.Contains(label)).ClickAsync();

        var extended = await Engine.GetAsync(Extend(playbook, 0, SetChoice).Id, Cancellation);
        Assert.EndsWith(AppUrls.Graph(extended.Id), Navigation.Uri);
    }

    [Fact]
    public async Task Rename_Title_LeadsToThePlaybookOfThatName()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2"));
        var page = RenderPage(playbook.Id.ToString());

        await page.WaitForElement(".title input").ChangeAsync("Ångström genes");

        var renamed = playbook.WithMetadata(new PlaybookMetadata("Ångström genes"));
        Assert.EndsWith(AppUrls.Graph(renamed.Id), Navigation.Uri);
        Assert.Equal("Ångström genes", (await Engine.GetAsync(renamed.Id, Cancellation)).Metadata!.Title);
    }

    [Fact]
    public async Task Rename_Step_LeadsToThePlaybookWithThatName()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2"));
        var page = await EditStepNameAsync(playbook);

        await page.Find(".rename input").ChangeAsync(" My genes ");
        await page.Find(".rename").SubmitAsync();

        var renamed = playbook.WithCell(0, new CellMetadata("My genes", DataVisible: false));
        Assert.EndsWith(AppUrls.Graph(renamed.Id), Navigation.Uri);
        var after = RenderPage(renamed.Id.ToString());
        after.WaitForAssertion(() => Assert.Equal("My genes", after.Find(".path .label").TextContent));
        Assert.Contains("My genes", after.Find("article h2").TextContent);
    }

    [Fact]
    public async Task Rename_StepEscaped_KeepsItsName()
    {
        var page = await EditStepNameAsync(await ComputeAsync(GeneSet("ACE2")));
        var before = Navigation.Uri;

        await page.Find(".rename input").ChangeAsync("Other");
        await page.Find(".rename input").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });

        Assert.Empty(page.FindAll(".rename"));
        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public async Task Page_OneStep_OffersNoSelectionOfSeveral()
    {
        var page = RenderPage((await ComputeAsync(GeneSet("ACE2"))).Id.ToString());

        page.WaitForElement(".path");
        Assert.Empty(page.FindAll("[data-several]"));
    }

    [Fact]
    public async Task Page_SeveralSteps_ShowsEachAndOffersWhatTakesThemTogether()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2").Extend(new Process(GeneSetInput, Datum.OfJson(GeneSetInput, """{"set":["TP53"]}"""))));

        var page = RenderPage(playbook.Id.ToString(), $"{playbook.Steps[0].Id},{playbook.Steps[1].Id}");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("article.step").Count));
        Assert.Contains("these 2 steps", page.Find("#next-title").TextContent);
        Assert.Contains(page.FindAll("button.pb-card"), card => card.TextContent.Contains("Assemble GMT"));
    }

    [Fact]
    public async Task Page_UnavailableStep_SaysThatItIsKept()
    {
        var playbook = Playbook.Empty.Extend(new Process("NotHere"));
        await Engine.ImportAsync(playbook, Actor.Anonymous, Cancellation);

        var page = RenderPage(playbook.Id.ToString());

        page.WaitForAssertion(() => Assert.Contains("not available here", page.Find(".pb-note").TextContent));
    }

    [Fact]
    public async Task Page_TwoHundredSteps_ListsThemAllAndRendersOne()
    {
        var playbook = GeneSet("ACE2");
        for (var i = 1; i < 200; i++) playbook = playbook.Extend(new Process(GeneSetInput, Datum.OfJson(GeneSetInput, $$"""{"set":["G{{i}}"]}""")));
        await Engine.ImportAsync(playbook, Actor.Anonymous, Cancellation);

        var page = RenderPage(playbook.Id.ToString());

        page.WaitForAssertion(() => Assert.Equal(200, page.FindAll(".path li").Count));
        Assert.Single(page.FindAll("article.step"));
    }

    private async Task<IRenderedComponent<BuilderPage>> EditStepNameAsync(Playbook playbook)
    {
        var page = RenderPage(playbook.Id.ToString());
        await page.WaitForElement("article header button[aria-label^=Rename]").ClickAsync();
        return page;
    }

    private IRenderedComponent<BuilderPage> RenderPage(string playbookId, string? nodeIds = null) =>
        Render<BuilderPage>(parameters => parameters.Add(page => page.PlaybookId, playbookId).Add(page => page.NodeIds, nodeIds));
}
