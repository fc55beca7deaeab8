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
    [InlineData("/")]
    [InlineData("/graph/extend")]
    [InlineData("/components")]
    [InlineData("/components/GMTUnion")]
    public Task Page_InEitherTheme_HasNoViolation(string path) => InEitherThemeAsync(async (page, rules) =>
    {
        await page.GotoAsync(path);
        await page.WaitUntilInteractiveAsync();

        await CheckAsync(page, rules);
    });

    [Fact]
    public async Task Playbook_FromTheFileToTheReport_HasNoViolation()
    {
        var counts = await SampleFiles.CountsAsync();
        await InEitherThemeAsync(async (page, rules) =>
        {
            await page.BeginAsync("Gene Set Input");
            await CheckAsync(page, rules);
            await page.GetByRole(AriaRole.Button, new() { Name = "example" }).First.ClickAsync();
            await page.Locator("form.prompt button[type=submit]").ClickAsync();
            await page.WaitUntilDoneAsync("Gene Set Input");
            await CheckAsync(page, rules);

            await page.BeginAsync("Upload a Gene Count Matrix");
            await page.UploadAsync(counts);
            await page.WaitUntilDoneAsync("Upload a Gene Count Matrix");
            await CheckAsync(page, rules);
            await page.ChooseAsync("Library Size Bar Plot from Gene Count Matrix");
            await BrowserSession.SeeAsync(page.Locator("figure.plot .barlayer"));
            await CheckAsync(page, rules);

            await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
            await BrowserSession.SeeAsync(page.Locator("figure.plot .barlayer"));
            await CheckAsync(page, rules);
        });
    }

    [Fact]
    public async Task PagesOfPeople_WithSomethingOnThem_HaveNoViolation()
    {
        await using (var session = await browser.OpenAsync())
            await PeoplesThings.MakeAsync(session.Page.APIRequest);
        await InEitherThemeAsync(async (page, rules) =>
        {
            var found = new List<string>();
            foreach (var path in PeoplesThings.Pages)
            {
                await page.GotoAsync(path);
                await page.WaitUntilInteractiveAsync();
                found.AddRange(await FindAsync(page, rules));
                await page.SetViewportSizeAsync(PhoneWidth, 740);
                found.AddRange(await FindAsync(page, rules));
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > PhoneWidth and var width) found.Add($"{path}: {width} pixels wide on a phone");
                await page.SetViewportSizeAsync(1280, 800);
            }

            Assert.True(found.Count == 0, string.Join('\n', found));
        });
    }

    /// <summary>Does the same in both themes at once, in a context each: what axe computes in one tab leaves a processor idle.</summary>
    private async Task InEitherThemeAsync(Func<IPage, AxeRunOptions, Task> checkAsync)
    {
        await using var light = await browser.OpenAsync(new() { ColorScheme = ColorScheme.Light });
        await using var dark = await browser.OpenAsync(new() { ColorScheme = ColorScheme.Dark });
        await Task.WhenAll(checkAsync(light.Page, Wcag), checkAsync(dark.Page, Contrast));
    }

    private static async Task CheckAsync(IPage page, AxeRunOptions rules) => Assert.Empty(await FindAsync(page, rules));

    /// <returns>A line for each violation.</returns>
    private static async Task<string[]> FindAsync(IPage page, AxeRunOptions rules) =>
        [.. (await page.RunAxe(Page, rules)).Violations.Select(violation => $"{page.Url}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(5).Select(static node => $"{node.Target} {node.Html}"))}")];
}
