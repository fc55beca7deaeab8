using Microsoft.Playwright;
using PlaybookBuilder.Tests.ProxiedSessions;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>A session on a fake of CAVATICA as its user has it, from the key to the end of the task.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class CavaticaTests(PublishedBrowser browser)
{
    private const string UploadStep = "Upload a Gene Count Matrix";
    private const string NormalizeStep = "Log Normalize A Gene Count Matrix";
    private const string Title = "Airway in my project";
    private const string PlotStep = "2D PCA Graph of RNA-seq Data from Gene Count Matrix";

    // The worker is a program that has to start.
    private const float TimeToConnect = 120_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_FromTheKeyToItsEnd_ComputesInTheProject()
    {
        await using var start = await ProgramOnPlatform.StartAsync();
        await using var session = await browser.OpenAtAsync(start.Program);
        var page = session.Page;
        await EnterAsync(page, start.Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        var open = page.GetByRole(AriaRole.Link, new() { Name = "Open the session" });
        await Assertions.Expect(open).ToBeVisibleAsync(new() { Timeout = TimeToConnect });
        var root = await open.GetAttributeAsync("href");

        var counts = await SampleFiles.CountsAsync();
        await page.GotoAsync($"{root}graph/extend");
        await BrowserSession.SeeAsync(page.GetByText("You work in your session"));
        await page.ChooseAsync(UploadStep);
        await page.UploadAsync(counts);
        await page.WaitUntilDoneAsync(UploadStep);
        Assert.Equal(counts.Buffer, await DownloadAsync(page, counts.Name));
        foreach (var step in new[] { NormalizeStep, PlotStep })
        {
            await page.ChooseAsync(step);
            await page.WaitUntilDoneAsync(step);
        }

        await Assertions.Expect(page.Locator("figure.plot .scatterlayer path.point")).ToHaveCountAsync(SampleFiles.Samples);
        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        var title = page.GetByLabel("Title of the report");
        await title.FillAsync(Title);
        await title.PressAsync("Tab");
        await Assertions.Expect(page).ToHaveTitleAsync($"{Title} · Report · Playbook Builder");
        await BrowserSession.SeeAsync(page.GetByText("Figure 1").First);
        Assert.StartsWith($"{root}report/", page.Url);
        Assert.Contains(start.Files(), file => file.Bytes.AsSpan().SequenceEqual(counts.Buffer));

        var playbook = new Uri(page.Url).Segments[^1];
        await TakeFromTheProjectAsync(page, start, root!, counts);
        await page.GotoAsync($"{root}report/{playbook}");
        await BringBackAsync(page);
        await page.WaitForURLAsync(url => url.StartsWith($"{start.Program.Address}report/{playbook}", StringComparison.Ordinal));
        await BrowserSession.SeeAsync(page.GetByRole(AriaRole.Button, new() { Name = "Open in my session" }));
        await page.GotoAsync("/account/kept");
        await BrowserSession.SeeAsync(page.GetByRole(AriaRole.Button, new() { Name = $"Open {Title}" }));
        await DisconnectAsync(page);

        await Assert.Single(start.Wes.Runs).Ended.WaitAsync(EngineHost.Patience, Cancellation);
        // The worker ends by itself when it is told to, perhaps before its task is cancelled.
        Assert.Contains(start.Wes.Runs[0].NextState(), (string[])["CANCELED", "COMPLETE"]);
        Assert.Contains(start.Files(), file => file.Name == $"{playbook}.json");
        Assert.Empty(session.Complaints);
    }

    private static async Task EnterAsync(IPage page, string key)
    {
        await page.GotoAsync("/account/integrations");
        await page.WaitUntilInteractiveAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try and keep the key" }).ClickAsync();
        await page.GetByLabel("Project").SelectOptionAsync(ProgramOnPlatform.Project);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this project" }).ClickAsync();
        await BrowserSession.SeeAsync(page.GetByText($"Sessions run in {ProgramOnPlatform.Project}"));
    }

    private static async Task<byte[]> DownloadAsync(IPage page, string name)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = $"Download {name}" }).First.ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync(), Cancellation);
    }

    private static async Task TakeFromTheProjectAsync(IPage page, ProgramOnPlatform start, string root, FilePayload file)
    {
        lock (start.Platform.Lock)
        {
            var folder = start.Platform.Files.Add(ProgramOnPlatform.Project, null, "matrices", null);
            start.Platform.Files.Add(ProgramOnPlatform.Project, folder.Id, "lab.csv", file.Buffer);
        }

        await page.GotoAsync($"{root}graph/extend");
        await page.ChooseAsync(UploadStep);
        await page.GetByText("Take a file of my CAVATICA project").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the folder matrices" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use lab.csv" }).ClickAsync();
        await BrowserSession.SeeAsync(page.Locator("form.prompt .file").Filter(new() { HasText = "lab.csv" }));
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync(UploadStep);
    }

    // Leaves the session.
    private static async Task BringBackAsync(IPage page)
    {
        await page.GotoAsync(await page.GetByRole(AriaRole.Link, new() { Name = "Bring it back" }).GetAttributeAsync("href") ?? "");
        await page.WaitUntilInteractiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it here" }).ClickAsync();
    }

    private static async Task DisconnectAsync(IPage page)
    {
        var banner = page.GetByRole(AriaRole.Region, new() { Name = "Your session" });
        await banner.Locator("summary").ClickAsync();
        await banner.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Assertions.Expect(banner.GetByRole(AriaRole.Status)).ToContainTextAsync("Closed", new() { Timeout = TimeToConnect });
    }
}
