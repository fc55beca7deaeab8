using Microsoft.Playwright;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>Uploads whose server dies on the way.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ResumingTests(PublishedBrowser browser)
{
    private const string UploadStep = "Upload a Gene Count Matrix";
    private const int Size = 12_000_000;

    [Fact]
    public async Task Upload_WhoseServerIsKilledAndStartsAgain_GoesOnByItself()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "counts.csv");
        await File.WriteAllTextAsync(path, "gene,s1,s2\n" + string.Concat(Enumerable.Range(0, Size / 24).Select(static row => $"GENE{row:D9},{row % 10_000:D4},0001\n")), TestContext.Current.CancellationToken);
        await using var killed = await PublishedProgram.StartAsync(folder);
        await using var session = await browser.OpenAtAsync(killed);
        var page = session.Page;
        await page.BeginAsync(UploadStep);
        await page.SlowDownAsync(2_000_000);
        await page.Locator("form.prompt fieldset:not([disabled]) input[type=file]").First.SetInputFilesAsync(path);
        await BrowserSession.SeeAsync(page.Locator(".uploads li").Filter(new() { HasTextRegex = new(@"[1-9]\d? %") }));
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause counts.csv" }).ClickAsync();
        await BrowserSession.SeeAsync(page.Locator(".uploads").GetByText("Paused"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on with counts.csv" }).ClickAsync();
        await BrowserSession.SeeAsync(page.Locator(".uploads").GetByText("Uploading"));

        await killed.KillAsync();
        await BrowserSession.SeeAsync(page.Locator("#components-reconnect-modal"));
        await page.SlowDownAsync(-1);
        await using var restarted = await PublishedProgram.StartAsync(folder, killed.Address.Port);

        // The page waits with loading again until the file is there, and then finds it in the draft.
        await BrowserSession.SeeAsync(page.Locator("form.prompt .file").Filter(new() { HasText = "counts.csv" }));
        await page.WaitUntilInteractiveAsync();
        await page.Locator("form.prompt fieldset:not([disabled]) button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync(UploadStep);
        var files = (await page.APIRequest.GetAsync("/api/v1/user/uploads")).JsonAsync();
        Assert.Single((await files)!.Value.EnumerateArray());
    }
}
