using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web;
using PlaybookBuilder.Web.Components.Catalog;
using PlaybookBuilder.Web.Components.Editor;
using PlaybookBuilder.Web.Components.Playbooks;
using PlaybookBuilder.Web.Components.Report;

namespace PlaybookBuilder.Tests.Components.Playbooks;

public sealed class PlaybookPagesTests : PageTestContext
{
    private static readonly Actor Local = new(LocalAccount.Id, IsAdmin: true);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private SavedPlaybooks Saved => Services.GetRequiredService<SavedPlaybooks>();

    [Fact]
    public async Task Save_SignedOut_LeadsToTheSignInAndBack()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2"));
        Navigation.NavigateTo(AppUrls.Graph(playbook.Id));

        var page = Render<BuilderPage>(parameters => parameters.Add(builder => builder.PlaybookId, playbook.Id.ToString()));

        page.WaitForAssertion(() => Assert.Equal($"account/signin?returnUrl=%2Fgraph%2F{playbook.Id}", page.FindAll("a").Single(link => link.TextContent.Contains("Sign in to save")).GetAttribute("href")));
    }

    [Fact]
    public async Task Save_InTheBuilder_KeepsThePlaybookAndGoesToIt()
    {
        SignIn();
        var playbook = await ComputeAsync(GeneSet("ACE2", "TP53"));
        var page = Render<BuilderPage>(parameters => parameters.Add(builder => builder.PlaybookId, playbook.Id.ToString()));

        await page.WaitForElement("button[title^='Keeps this playbook']").ClickAsync();
        Assert.Empty((await Saved.ListAsync(Local, false, 0, 10, Cancellation)).Playbooks);
        Assert.Equal("Gene Set Input", page.Find("dialog input").GetAttribute("value"));
        await page.Find("dialog input").ChangeAsync(new ChangeEventArgs { Value = " My genes " });
        await page.Find("dialog form").SubmitAsync();

        var saved = Assert.Single((await Saved.ListAsync(Local, false, 0, 10, Cancellation)).Playbooks);
        Assert.Equal("My genes", saved.Title);
        Assert.NotEqual(playbook.Id, saved.PlaybookId);
        page.WaitForAssertion(() => Assert.EndsWith(AppUrls.Graph(saved.PlaybookId), Navigation.Uri));
        var after = Render<BuilderPage>(parameters => parameters.Add(builder => builder.PlaybookId, saved.PlaybookId.ToString()));
        after.WaitForAssertion(() => Assert.Contains("Saved", after.Find(".bar .kept").TextContent));
        Assert.Contains("Saved computation", after.Markup);
    }

    [Fact]
    public async Task Save_AfterAnEdit_SaysThatThereAreUnsavedChanges()
    {
        SignIn();
        var saved = await SaveAsync("Mine", "ACE2");
        var edited = await ComputeAsync(Extend(await Engine.GetAsync(saved.PlaybookId, Cancellation), 0, SetChoice));
        var recent = JSInterop.SetupModule("./recent.js");
        recent.Mode = JSRuntimeMode.Loose;
        recent.Setup<Guid?>("remember", static _ => true).SetResult(saved.Id);

        var page = Render<ReportPage>(parameters => parameters.Add(report => report.PlaybookId, edited.Id.ToString()));

        page.WaitForAssertion(() => Assert.Contains("Unsaved changes", page.Find(".bar").TextContent));
        await page.Find("button[title^='Keeps what is shown as version 2']").ClickAsync();
        Assert.Equal(2, Assert.Single((await Saved.ListAsync(Local, false, 0, 10, Cancellation)).Playbooks).Version);
    }

    [Fact]
    public async Task Save_UnderATitle_DoesNotAskForOne()
    {
        SignIn();
        var playbook = await ComputeAsync(GeneSet("ACE2").WithMetadata(new PlaybookMetadata("Mine")));
        var page = Render<BuilderPage>(parameters => parameters.Add(builder => builder.PlaybookId, playbook.Id.ToString()));

        await page.WaitForElement("button[title^='Keeps this playbook']").ClickAsync();

        Assert.Equal("Mine", Assert.Single((await Saved.ListAsync(Local, false, 0, 10, Cancellation)).Playbooks).Title);
    }

    [Fact]
    public async Task Remember_AnEditOfASavedPlaybook_IsKnownWhateverTheBrowserKnows()
    {
        SignIn();
        var saved = await SaveAsync("Mine", "ACE2");
        var recent = Services.GetRequiredService<RecentPlaybooks>();

        await recent.RememberAsync(Guid.NewGuid(), "Edited", 2, replaces: saved.PlaybookId);
        await recent.RememberAsync(Guid.NewGuid(), "Edited", 2, replaces: Guid.NewGuid());
        await recent.RememberAsync(saved.PlaybookId, "Mine", 1, replaces: null);
        Authorization.SetNotAuthorized();
        await recent.RememberAsync(Guid.NewGuid(), "Somebody else's", 2, replaces: saved.PlaybookId);

        Assert.Equal([saved.Id, null, saved.Id, null], JSInterop.Invocations["remember"].Select(call => call.Arguments[4]));
    }

    [Fact]
    public void MyPlaybooks_Empty_SaysWhatItIsForAndOffersAFirstAction()
    {
        SignIn();

        var page = Render<MyPlaybooksPage>();

        Assert.Contains("Nothing is kept here", page.WaitForElement(".pb-panel").TextContent);
        Assert.Equal(AppUrls.Start, page.Find(".pb-panel a.primary").GetAttribute("href"));
    }

    [Fact]
    public async Task MyPlaybooks_RenameTagDeleteAndBringBack_Work()
    {
        SignIn();
        await SaveAsync("Before", "ACE2");
        var page = Render<MyPlaybooksPage>();
        page.WaitForElement("article");

        await ClickAsync(page, "Rename");
        await page.Find("input[aria-label=Title]").ChangeAsync(new ChangeEventArgs { Value = "After" });
        await page.Find("form").SubmitAsync();
        await ClickAsync(page, "Tags");
        await page.Find("form input").ChangeAsync(new ChangeEventArgs { Value = "Liver, rna" });
        await page.Find("form").SubmitAsync();
        Assert.Equal("After", page.Find("a.title").TextContent);
        Assert.Equal(["liver", "rna"], page.FindAll(".tag").Select(tag => tag.TextContent));
        await ClickAsync(page, "Duplicate");
        Assert.Equal(2, page.FindAll("article").Count);
        await ClickAsync(page, "Delete");
        Assert.Single(page.FindAll("article"));
        await ClickAsync(page, "Bring it back");
        Assert.Equal(2, page.FindAll("article").Count);
    }

    [Fact]
    public async Task MyPlaybooks_PublishAndVersions_AreDialogs()
    {
        SignIn();
        var saved = await SaveAsync("First", "ACE2");
        await Saved.RenameAsync(Local, saved.Id, "Second", Cancellation);
        var page = Render<MyPlaybooksPage>();
        page.WaitForElement("article");

        await ClickAsync(page, "Versions");
        Assert.Equal(["2", "1"], page.FindAll(".versions .number").Select(number => number.TextContent));
        await page.Find(".versions button").ClickAsync();
        Assert.Equal("First", page.Find("a.title").TextContent);
        await ClickAsync(page, "Publish");
        Assert.Equal("Ada", page.Find("dialog input[placeholder^=Names]").GetAttribute("value"));
        await page.Find("dialog form").SubmitAsync();
        Assert.Contains("Published", page.Find(".numbers").TextContent);
    }

    [Fact]
    public async Task Playbooks_Published_AreFoundNarrowedAndOpened()
    {
        var (one, other) = (await PublishAsync("Liver genes", "ACE2"), await PublishAsync("Kidney genes", "TP53"));
        await Saved.TagAsync(Local, one.Id, ["organ"], Cancellation);

        var page = Render<PlaybooksPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("article").Count));
        Assert.Contains(page.FindAll(".facets a"), chip => chip.TextContent.Contains("organ 1", StringComparison.Ordinal) && chip.GetAttribute("href") == "playbooks?tag=organ");
        Assert.Contains(page.FindAll("article a.primary"), link => link.GetAttribute("href") == AppUrls.OpenPublished(other.Id));
        page.Find("input[type=search]").Input("liv gen");

        page.WaitForAssertion(() => Assert.EndsWith("playbooks?q=liv%20gen", Navigation.Uri));
        page.WaitForAssertion(() => Assert.Equal("Liver genes", Assert.Single(page.FindAll("article h2 a")).TextContent));
        Assert.DoesNotContain("@example", page.Markup);
    }

    [Fact]
    public void Playbooks_None_SaysWhatToDo() => Assert.Contains("Nothing is published yet", Render<PlaybooksPage>().WaitForElement(".pb-panel").TextContent);

    [Fact]
    public async Task Playbooks_NothingFits_OffersAll()
    {
        await PublishAsync("Liver genes", "ACE2");
        Navigation.NavigateTo("playbooks?q=zzz&tag=a&input=b");

        var page = Render<PlaybooksPage>();

        Assert.Equal(AppUrls.Playbooks, page.WaitForElement(".pb-panel a").GetAttribute("href"));
        Assert.Equal(2, page.FindAll(".facets a[aria-current]").Count);
    }

    [Theory]
    [InlineData("playbooks?search=liver")]
    [InlineData("playbooks/community?search=liver")]
    [InlineData("playbooks?search=kidney&q=liver")]
    public async Task Playbooks_LinkedToAsElsewhere_AreSearched(string link)
    {
        await PublishAsync("Liver genes", "ACE2");
        await PublishAsync("Kidney genes", "TP53");
        Navigation.NavigateTo(link);

        var page = Render<PlaybooksPage>();

        page.WaitForAssertion(() => Assert.Equal("Liver genes", Assert.Single(page.FindAll("article h2 a")).TextContent));
        Assert.Equal("liver", page.Find("input[type=search]").GetAttribute("value"));
    }

    [Fact]
    public async Task Publish_WithoutANameOfOnesOwn_AsksForTheAuthors()
    {
        SignIn(Profile.Unnamed);
        await SaveAsync("First", "ACE2");
        var page = Render<MyPlaybooksPage>();
        page.WaitForElement("article");

        await ClickAsync(page, "Publish");

        Assert.Empty(page.Find("dialog input[placeholder^=Names]").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Suggest_AfterAStep_SendsWhatItGivesAndListsTheAnswer()
    {
        SignIn();
        var playbook = await ComputeAsync(GeneSet("ACE2"));
        var page = Render<SuggestPage>(parameters => parameters.Add(suggest => suggest.PlaybookId, playbook.Id.ToString()).Add(suggest => suggest.NodeIds, playbook.Head.Id.ToString()));

        await page.WaitForElement("form input").ChangeAsync(new ChangeEventArgs { Value = "t-SNE" });
        await page.Find("form textarea").ChangeAsync(new ChangeEventArgs { Value = "Draws samples" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("t-SNE", page.Find(".suggested li").TextContent));
        var sent = Assert.Single(await Services.GetRequiredService<Suggestions>().ListOwnAsync(Local, 0, 10, Cancellation));
        Assert.Equal((SuggestionSubject.Component, playbook.Id), (sent.Subject, sent.PlaybookId));
        Assert.Equal(["Set[Gene]"], sent.Inputs);
        await Services.GetRequiredService<SuggestionAdministration>().AcceptAsync(Local, sent.Id, "", "", Cancellation);
        Assert.Contains("t-SNE", Render<ComponentsPage>().WaitForElement(".planned").TextContent);
    }

    [Fact]
    public async Task Report_WrongResult_NamesTheStep()
    {
        SignIn();
        var playbook = await ComputeAsync(GeneSet("ACE2"));
        Navigation.NavigateTo(AppUrls.ReportWrongResult(playbook.Id, playbook.Head.Id));
        var page = Render<SuggestPage>(parameters => parameters.Add(suggest => suggest.PlaybookId, playbook.Id.ToString()).Add(suggest => suggest.NodeIds, playbook.Head.Id.ToString()));

        await page.WaitForElement("form textarea").ChangeAsync(new ChangeEventArgs { Value = "It is another gene" });
        await page.Find("form").SubmitAsync();

        var sent = Assert.Single(await Services.GetRequiredService<Suggestions>().ListOwnAsync(Local, 0, 10, Cancellation));
        Assert.Equal(SuggestionSubject.WrongResult, sent.Subject);
        Assert.Contains("(step 1)", sent.Name);
    }

    [Fact]
    public async Task Step_WithAResult_OffersToReportIt()
    {
        var playbook = await ComputeAsync(GeneSet("ACE2"));

        var page = Render<BuilderPage>(parameters => parameters.Add(builder => builder.PlaybookId, playbook.Id.ToString()));

        page.WaitForAssertion(() => Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == AppUrls.ReportWrongResult(playbook.Id, playbook.Head.Id)));
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == AppUrls.Suggest(playbook.Id, playbook.Head.Id));
    }

    private static Task ClickAsync<T>(IRenderedComponent<T> page, string text) where T : IComponent =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text || button.TextContent.Trim().EndsWith(text, StringComparison.Ordinal)).ClickAsync();

    private void SignIn(string name = "Ada")
    {
        Authorization.SetAuthorized(name);
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, LocalAccount.Id.ToString()), new Claim(ClaimTypes.Name, name));
    }

    private async Task<SavedPlaybook> SaveAsync(string title, string gene) =>
        await Saved.SaveAsync(Local, await ComputeAsync(GeneSet(gene).WithMetadata(new PlaybookMetadata(title))), null, Cancellation);

    private async Task<SavedPlaybook> PublishAsync(string title, string gene) =>
        await Services.GetRequiredService<PlaybookPublishing>().PublishAsync(Local, (await SaveAsync(title, gene)).Id, new Publication(title, "", "Ada", "MIT"), Cancellation);
}
