using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>From an uploaded count matrix on.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class UploadTests(PublishedBrowser browser)
{
    private const string UploadStep = "Upload a Gene Count Matrix";
    private const string NormalizeStep = "Log Normalize A Gene Count Matrix";
    private const string PlotStep = "2D PCA Graph of RNA-seq Data from Gene Count Matrix";

    [Fact]
    public async Task Counts_Uploaded_BecomeAPlotAndAReportThatOthersSee()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await page.BeginAsync(UploadStep);
        await page.UploadAsync(await SampleFiles.CountsAsync());
        await page.WaitUntilDoneAsync(UploadStep);
        foreach (var step in new[] { NormalizeStep, PlotStep })
        {
            await page.ChooseAsync(step);
            await page.WaitUntilDoneAsync(step);
        }

        await Assertions.Expect(page.Locator("figure.plot .scatterlayer path.point")).ToHaveCountAsync(SampleFiles.Samples);
        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        var title = page.GetByLabel("Title of the report");
        await title.FillAsync("Airway, é");
        await title.PressAsync("Tab");
        await BrowserSession.SeeAsync(page.GetByText("Figure 1").First);
        await Assertions.Expect(page).ToHaveTitleAsync("Airway, é · Report · Playbook Builder");
        await page.ReloadAsync();
        await Assertions.Expect(title).ToHaveValueAsync("Airway, é");

        await using var other = await browser.OpenAsync();
        await other.Page.GotoAsync(page.Url);
        await Assertions.Expect(other.Page.GetByLabel("Title of the report")).ToHaveValueAsync("Airway, é");
        await BrowserSession.SeeAsync(other.Page.GetByText("Figure 1").First);
        Assert.Empty(session.Complaints);
    }

    [Fact]
    public async Task Matrix_ThatIsAPicture_IsRefusedInWordsOnItsStep()
    {
        await using var session = await browser.OpenAsync();
        await session.Page.BeginAsync(UploadStep);

        await session.Page.UploadAsync(new() { Name = "picture.png", MimeType = "image/png", Buffer = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0] });

        await BrowserSession.SeeAsync(session.Page.StepOf(UploadStep).GetByRole(AriaRole.Alert).Filter(new() { HasText = "picture.png" }).First);
        await BrowserSession.SeeAsync(session.Page.Locator("form.prompt .file").Filter(new() { HasText = "picture.png" }));
    }

    [Fact]
    public async Task Import_OfBrokenJson_SaysWhatIsWrong()
    {
        await using var session = await browser.OpenAsync();
        await session.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });

        await session.Page.Locator("input[type=file]:enabled").SetInputFilesAsync(new FilePayload { Name = "broken.json", MimeType = "application/json", Buffer = "{ \"data\": "u8.ToArray() });

        await BrowserSession.SeeAsync(session.Page.GetByText("The file was not imported").First);
    }
}
