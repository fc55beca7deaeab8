using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>Keeping a playbook, from several tabs and browsers.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class SavingTests(PublishedBrowser browser)
{
    private const string Input = "Gene Set Input";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_InASecondTabOrBrowser_MakesTheNextVersion(bool isSameBrowser)
    {
        await using var session = await browser.OpenAsync();
        await using var other = await browser.OpenAsync();
        var first = session.Page;
        var title = $"{Guid.NewGuid()}";
        await first.BeginAsync(Input);
        await SubmitAsync(first, "ACE2");
        await first.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var dialog = first.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Title").FillAsync(title);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await BrowserSession.SeeAsync(first.Locator(".bar .kept"));

        var second = isSameBrowser ? await first.Context.NewPageAsync() : other.Page;
        await second.GotoAsync(first.Url);
        await second.WaitUntilInteractiveAsync();
        await BrowserSession.SeeAsync(second.Locator(".bar .kept"));
        await SubmitAsync(first, "ACE2\nTP53");
        await BrowserSession.SeeAsync(first.GetByText("Unsaved changes"));
        await SubmitAsync(second, "BRCA1");
        await second.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await BrowserSession.SeeAsync(second.GetByText($"Saved as version 2 of “{title}”."));
        await first.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await BrowserSession.SeeAsync(first.GetByText($"Saved as version 3 of “{title}”."));

        var saved = (await (await first.APIRequest.GetAsync("/api/v1/user/playbooks")).JsonAsync())!.Value;
        Assert.Single(saved.EnumerateArray(), playbook => Regex.IsMatch(playbook.ToString(), title));
    }

    [Fact]
    public async Task Import_OfATable_SaysWhereDataGo()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await page.GotoAsync("/graph/extend");
        await page.WaitUntilInteractiveAsync();

        await page.Locator("label:has-text('Import') input[type=file]").SetInputFilesAsync(new FilePayload { Name = "counts.csv", MimeType = "text/csv", Buffer = ",a\nACE2,1\n"u8.ToArray() });

        await BrowserSession.SeeAsync(page.GetByText("counts.csv is not a playbook document"));
        await BrowserSession.SeeAsync(page.GetByText("Upload a Gene Count Matrix", new() { Exact = false }).First);
    }

    private static async Task SubmitAsync(IPage page, string genes)
    {
        await page.Locator("form.prompt fieldset:not([disabled]) textarea").FillAsync(genes);
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync(Input);
    }
}
