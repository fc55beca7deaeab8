using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>What axe finds against WCAG 2 A and AA, contrast among it, in both themes, of the pages of people on a phone too.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class AccessibilityTests(PublishedBrowser browser)
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } };

    // All that the themes differ in; the rest is looked at in the light one.
    private static readonly AxeRunOptions Contrast = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    private const int PhoneWidth = 360;

    // What Plotly draws is not ours to mark up; the figure around it has a name and a table of its values.
    private static readonly AxeRunContext Page = new() { Exclude = [new AxeSelector(".js-plotly-plot")] };

    [Theory]
    [InlineData("/", ColorScheme.Light)]
    [InlineData("/", ColorScheme.Dark)]
    [InlineData("/graph/extend", ColorScheme.Light)]
    [InlineData("/graph/extend", ColorScheme.Dark)]
    [InlineData("/components", ColorScheme.Light)]
    [InlineData("/components", ColorScheme.Dark)]
    [InlineData("/components/GMTUnion", ColorScheme.Light)]
    [InlineData("/components/GMTUnion", ColorScheme.Dark)]
    public async Task Page_InEitherTheme_HasNoViolation(string path, ColorScheme theme)
    {
        await using var session = await browser.OpenAsync(new() { ColorScheme = theme });
        await session.Page.GotoAsync(path);
        await session.Page.WaitUntilInteractiveAsync();

        await CheckAsync(session.Page);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Playbook_FromTheFileToTheReport_HasNoViolation(ColorScheme theme)
    {
        await using var session = await browser.OpenAsync(new() { ColorScheme = theme });
        var page = session.Page;
        await page.BeginAsync("Gene Set Input");
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "example" }).First.ClickAsync();
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync("Gene Set Input");
        await CheckAsync(page);

        await page.BeginAsync("Upload a Gene Count Matrix");
        await page.UploadAsync(await SampleFiles.CountsAsync());
        await page.WaitUntilDoneAsync("Upload a Gene Count Matrix");
        await CheckAsync(page);
        await page.ChooseAsync("Library Size Bar Plot from Gene Count Matrix");
        await BrowserSession.SeeAsync(page.Locator("figure.plot .barlayer"));
        await CheckAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        await BrowserSession.SeeAsync(page.Locator("figure.plot .barlayer"));
        await CheckAsync(page);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task PagesOfPeople_WithSomethingOnThem_HaveNoViolation(ColorScheme theme)
    {
        await using var session = await browser.OpenAsync(new() { ColorScheme = theme });
        await PeoplesThings.MakeAsync(session.Page.APIRequest);
        var rules = theme == ColorScheme.Light ? Wcag : Contrast;
        var found = new List<string>();
        foreach (var path in PeoplesThings.Pages)
        {
            await session.Page.GotoAsync(path);
            await session.Page.WaitUntilInteractiveAsync();
            found.AddRange(await FindAsync(session.Page, rules));
            await session.Page.SetViewportSizeAsync(PhoneWidth, 740);
            found.AddRange(await FindAsync(session.Page, rules));
            if (await session.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > PhoneWidth and var width) found.Add($"{path}: {width} pixels wide on a phone");
            await session.Page.SetViewportSizeAsync(1280, 800);
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task CheckAsync(IPage page) => Assert.Empty(await FindAsync(page, Wcag));

    /// <returns>A line for each violation.</returns>
    private static async Task<string[]> FindAsync(IPage page, AxeRunOptions rules) =>
        [.. (await page.RunAxe(Page, rules)).Violations.Select(violation => $"{page.Url}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(5).Select(static node => $"{node.Target} {node.Html}"))}")];
}
