using Microsoft.Playwright;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>The page with a visitor's uploads: files are brought, found and used there.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class MyUploadsTests(PublishedBrowser browser)
{
    private const string Address = "/account/uploads";

    [Fact]
    public async Task Files_DroppedTogether_AreTakenAsFarAsThereIsRoom()
    {
        using var folder = new TemporaryFolder();
        await using var program = await PublishedProgram.StartAsync(folder, settings: new Dictionary<string, string> { ["UPLOAD_QUOTA_BYTES"] = "1000" });
        await using var session = await browser.OpenAtAsync(program);
        var page = session.Page;
        await OpenAsync(page);

        await DropAsync(page, ("small.csv", 100), ("large.csv", 2_000), ("middle.csv", 500));

        await BrowserSession.SeeAsync(CardOf(page, "small.csv"));
        await BrowserSession.SeeAsync(CardOf(page, "middle.csv"));
        await BrowserSession.SeeAsync(page.Locator(".uploads li").Filter(new() { HasText = "large.csv" }).GetByText("There is no room for this file"));
        await BrowserSession.SeeAsync(page.GetByText("600 bytes of 1 kB taken"));
        await Assertions.Expect(CardOf(page, "large.csv")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Upload_WhosePageWasLoadedAgain_GoesOnWhenTheFileIsChosenAgain()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "large.bin");
        await File.WriteAllBytesAsync(path, new byte[8_000_000], TestContext.Current.CancellationToken);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await OpenAsync(page);
        await page.SlowDownAsync(2_000_000);
        await page.Locator("input[type=file]").SetInputFilesAsync(path);
        await BrowserSession.SeeAsync(page.Locator(".uploads li").Filter(new() { HasTextRegex = new(@"[3-9]\d %") }));

        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await OpenAsync(page);
        var unfinished = page.GetByRole(AriaRole.Region, new() { Name = "Not finished" });
        await BrowserSession.SeeAsync(unfinished.GetByText("large.bin"));
        await page.SlowDownAsync(-1);
        session.Responses.Clear();
        await page.Locator("input[type=file]").SetInputFilesAsync(path);

        await BrowserSession.SeeAsync(CardOf(page, "large.bin"));
        await Assertions.Expect(unfinished).ToHaveCountAsync(0);
        // It asked how far the server was, and began nothing anew.
        var asked = session.Responses.Where(static response => response.Url.Contains("/uploads/tus", StringComparison.Ordinal)).Select(static response => response.Request.Method).ToList();
        Assert.Contains("HEAD", asked);
        Assert.DoesNotContain("POST", asked);
    }

    [Fact]
    public async Task File_UsedInANewPlaybook_IsItsFirstResult()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await OpenAsync(page);
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "used.gmt", MimeType = "text/plain", Buffer = "one\t\tACE2\tSTAT3\n"u8.ToArray() });
        await CardOf(page, "used.gmt").GetByText("Use in a new playbook").ClickAsync();
        await page.Locator("dialog").GetByText("Gene Matrix Transpose").ClickAsync();

        await page.WaitUntilDoneAsync("Upload A Gene Matrix Transpose");
        Assert.Empty(session.Complaints);
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.GotoAsync(Address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.WaitUntilInteractiveAsync();
    }

    private static ILocator CardOf(IPage page, string filename) => page.Locator(".files li").Filter(new() { HasText = filename });

    private static async Task DropAsync(IPage page, params (string Name, int Size)[] files)
    {
        var data = await page.EvaluateHandleAsync(
            """
            files => {
              const data = new DataTransfer();
              for (const [name, size] of files) data.items.add(new File(['x'.repeat(size)], name));
              return data;
            }
            """,
            files.Select(static file => new object[] { file.Name, file.Size }).ToArray());
        await page.DispatchEventAsync(".zone", "drop", new { dataTransfer = data });
    }
}
