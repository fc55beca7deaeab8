using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>Changing a playbook that is there already.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class EditingTests(PublishedBrowser browser)
{
    private const string Input = "Gene Set Input";
    private const string Library = "Treat Gene Set as GMT";
    private const string Union = "Compute Union Gene Set";

    [Fact]
    public async Task Undo_OfAnAddedStepAndOfAnAnswer_GoesBackAndRedoForward()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await BeginWithGenesAsync(page, "ACE2");
        var answered = page.Url;
        await page.ChooseAsync(Library);
        await page.WaitUntilDoneAsync(Library);
        var extended = page.Url;

        await ButtonAsync(page, "Undo");
        await Assertions.Expect(page).ToHaveURLAsync(answered);
        await Assertions.Expect(Steps(page)).ToHaveCountAsync(1);
        await ButtonAsync(page, "Redo");
        await Assertions.Expect(page).ToHaveURLAsync(extended);
        await page.WaitUntilDoneAsync(Library);

        await ButtonAsync(page, "Undo");
        await Assertions.Expect(page).ToHaveURLAsync(answered);
        await ButtonAsync(page, "Undo");
        await Assertions.Expect(page.StepOf(Input).Locator("header .pb-state")).ToHaveTextAsync(new Regex("Waiting"));
    }

    [Fact]
    public async Task Submit_WithNothing_SaysWhatIsMissingAndGoesOn()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await page.BeginAsync(Input);
        var area = page.Locator("form.prompt fieldset:not([disabled]) textarea");
        var submit = page.Locator("form.prompt button[type=submit]");

        await submit.ClickAsync();
        await BrowserSession.SeeAsync(page.GetByText("Enter at least one item."));
        await area.FillAsync("ACE2");
        await BrowserSession.SeeAsync(page.GetByText("1 item"));
        await area.FillAsync("");
        await BrowserSession.SeeAsync(page.GetByText("0 items"));
        await submit.ClickAsync();
        await BrowserSession.SeeAsync(page.GetByText("Enter at least one item."));
        await area.FillAsync("TP53");
        await submit.ClickAsync();

        await page.WaitUntilDoneAsync(Input);
        Assert.Empty(session.Complaints);
    }

    [Fact]
    public async Task Answer_ChangedInAnEarlierStep_ChangesWhatDependsOnItAlone()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await BeginWithGenesAsync(page, "ACE2");
        await page.ChooseAsync(Library);
        await page.ChooseAsync(Union);
        await BrowserSession.SeeAsync(page.StepOf(Union).GetByRole(AriaRole.Cell, new() { Name = "ACE2", Exact = true }));

        await Steps(page).First.ClickAsync();
        await AnswerAsync(page, "TP53");
        await Steps(page).Last.ClickAsync();

        await BrowserSession.SeeAsync(page.StepOf(Union).GetByRole(AriaRole.Cell, new() { Name = "TP53", Exact = true }));
        await Assertions.Expect(page.StepOf(Union).GetByRole(AriaRole.Cell, new() { Name = "ACE2", Exact = true })).ToHaveCountAsync(0);
        await page.StepOf(Union).GetByRole(AriaRole.Button, new() { Name = "Recompute" }).ClickAsync();
        await page.WaitUntilDoneAsync(Union);
        await BrowserSession.SeeAsync(page.StepOf(Union).GetByRole(AriaRole.Cell, new() { Name = "TP53", Exact = true }));
        Assert.Empty(session.Complaints);
    }

    [Fact]
    public async Task TwoSteps_OfOneStep_AreBranchesOfThePathAndOfTheReport()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await BeginWithGenesAsync(page, "ACE2\nTP53");
        await page.ChooseAsync(Library);
        await page.ChooseAsync(Union);
        await page.WaitUntilDoneAsync(Union);

        await Steps(page).Nth(1).ClickAsync();
        await page.ChooseAsync("Compute Consensus Gene Set");
        await Assertions.Expect(page.Locator("ol.path li.branch")).Not.ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();

        await BrowserSession.SeeAsync(page.GetByRole(AriaRole.Heading, new() { Name = "Branch of step 2" }).First);
        await Assertions.Expect(page.Locator(".paper .cell")).ToHaveCountAsync(4);
    }

    private static async Task BeginWithGenesAsync(IPage page, string genes)
    {
        await page.BeginAsync(Input);
        await AnswerAsync(page, genes);
    }

    private static async Task AnswerAsync(IPage page, string genes)
    {
        var before = page.Url;
        await page.Locator("form.prompt fieldset:not([disabled]) textarea").FillAsync(genes);
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(before);
        await page.WaitUntilDoneAsync(Input);
    }

    private static ILocator Steps(IPage page) => page.Locator("ol.path a[data-step]");

    private static Task ButtonAsync(IPage page, string name) => page.Locator(".bar").GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
}
