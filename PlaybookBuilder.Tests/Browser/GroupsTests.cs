using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>From a count matrix over the groups of its samples to a figure that shows them.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class GroupsTests(PublishedBrowser browser)
{
    private const string Upload = "Upload a Gene Count Matrix";
    private const string Label = "Manual Labeling of Samples";
    private const string Plot = "2D PCA Graph of RNA-seq Data from AnnData file";

    [Fact]
    public async Task Samples_LabelledByHand_AreTheGroupsOfTheFigure()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await UploadCountsAsync(page);

        await page.ChooseAsync(Label);
        var groups = page.GetByRole(AriaRole.Radiogroup);
        await Assertions.Expect(groups).ToHaveCountAsync(SampleFiles.Samples);
        for (var sample = 0; sample < SampleFiles.Samples; sample++) await groups.Nth(sample).GetByText(sample % 2 == 0 ? "Control" : "Perturbation", new() { Exact = true }).ClickAsync();
        await BrowserSession.SeeAsync(page.GetByText("4 control, 4 perturbation, 0 undecided"));
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync(Label);
        await page.ChooseAsync(Plot);
        await page.WaitUntilDoneAsync(Plot);

        await SeeGroupsAsync(page, "Control", "Perturbation");
        Assert.Empty(session.Complaints);
    }

    [Fact]
    public async Task Counts_JoinedWithMetadata_HaveTheirGroupsInTheFigure()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await UploadCountsAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Add another input" }).ClickAsync();
        await page.ChooseAsync("Upload a Metadata Matrix");
        await page.UploadAsync(await SampleFiles.MetadataAsync());
        await page.WaitUntilDoneAsync("Upload a Metadata Matrix");
        // The metadata step is selected; the counts are taken from the path.
        await page.ChooseAsync("Resolve an AnnData Matrix");
        await page.WaitUntilDoneAsync("Resolve an AnnData Matrix");
        await page.ChooseAsync(Plot);
        await page.WaitUntilDoneAsync(Plot);

        await Assertions.Expect(page.Locator("figure.plot .scatterlayer .trace")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("figure.plot .scatterlayer path.point")).ToHaveCountAsync(SampleFiles.Samples);
        Assert.Empty(session.Complaints);
    }

    private static async Task UploadCountsAsync(IPage page)
    {
        await page.BeginAsync(Upload);
        await page.UploadAsync(await SampleFiles.CountsAsync());
        await page.WaitUntilDoneAsync(Upload);
    }

    private static async Task SeeGroupsAsync(IPage page, params string[] groups)
    {
        await Assertions.Expect(page.Locator("figure.plot .scatterlayer path.point")).ToHaveCountAsync(SampleFiles.Samples);
        foreach (var group in groups) await BrowserSession.SeeAsync(page.Locator("figure.plot .legendtext").Filter(new() { HasText = group }));
    }
}
