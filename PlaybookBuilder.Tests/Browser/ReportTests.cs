using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>The report on paper and on a phone.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ReportTests(PublishedBrowser browser)
{
    [Fact]
    public async Task Print_LongReport_HasEveryResultAndNoButtons()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await page.AddInitScriptAsync("window.print = () => window.printed = true");
        await OpenReportAsync(page, length: 12);

        await page.GetByRole(AriaRole.Button, new() { Name = "Print" }).ClickAsync();
        await page.WaitForFunctionAsync("() => window.printed");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Assertions.Expect(page.Locator(".paper .cell")).ToHaveCountAsync(12);
        await Assertions.Expect(page.Locator(".paper .cell .awaited")).ToHaveCountAsync(0);
        // The heads of columns sort on the screen; on paper they are what they say.
        await Assertions.Expect(page.Locator("button:not(th button), .pb-button").Locator("visible=true")).ToHaveCountAsync(0);
        await BrowserSession.SeeAsync(page.Locator(".paper .cell").Last.GetByText("ACE2").First);
    }

    [Fact]
    public async Task Playbook_OnAPhone_HasNoHorizontalScrolling()
    {
        await using var session = await browser.OpenAsync(new() { ViewportSize = new() { Width = 360, Height = 740 } });
        var page = session.Page;
        await page.BeginAsync("Upload a Gene Count Matrix");
        await page.UploadAsync(await SampleFiles.CountsAsync());
        await page.WaitUntilDoneAsync("Upload a Gene Count Matrix");
        await page.ChooseAsync("Library Size Bar Plot from Gene Count Matrix");
        await BrowserSession.SeeAsync(page.Locator("figure.plot .barlayer"));
        Assert.Equal(360, await WidthAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        await BrowserSession.SeeAsync(page.Locator("figure.plot .barlayer"));
        Assert.Equal(360, await WidthAsync(page));
    }

    private static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");

    private static async Task OpenReportAsync(IPage page, int length)
    {
        await page.GotoAsync("/graph/extend");
        var id = await page.EvaluateAsync<string>("""
            async length => {
              const step = i => ({ id: `s${i}`, type: i % 2 ? 'GenesetToGMT' : 'GMTUnion', inputs: { [i % 2 ? 'geneset' : 'gmt']: { id: `s${i - 1}` } } });
              const workflow = [{ id: 's0', type: 'Input[Set[Gene]]', data: { id: 'genes' } }];
              for (let i = 1; i < length; i++) workflow.push(step(i));
              const data = { genes: { type: 'Input[Set[Gene]]', value: { set: ['ACE2', 'TP53'] } } };
              const answer = await fetch('api/db/fpl', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ data, workflow }) });
              const id = await answer.json();
              await fetch(`api/db/fpl/${id}/output`);
              return id;
            }
            """, length);
        await page.GotoAsync($"/report/{id}");
        await page.WaitUntilInteractiveAsync();
    }
}
