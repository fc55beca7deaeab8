using Microsoft.Playwright;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>The installed Chromium and one published program for the tests that don't end it.</summary>
public sealed class PublishedBrowser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private PublishedProgram? _program;

    /// <summary>Nothing yet: what is missing skips a test, not the fixture.</summary>
    public ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(BrowserSession.LongestMilliseconds);
        return ValueTask.CompletedTask;
    }

    /// <summary>A browser context of its own at the program all tests share.</summary>
    public async Task<BrowserSession> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var browser = await LaunchAsync();
        _program ??= await PublishedProgram.StartAsync(_folder);
        return await BrowserSession.OpenAsync(browser, _program.Address, options);
    }

    internal Task<BrowserSession> OpenAtAsync(PublishedProgram program) => OpenAtAsync(program.Address);

    internal async Task<BrowserSession> OpenAtAsync(Uri address) => await BrowserSession.OpenAsync(await LaunchAsync(), address);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_program is not null) await _program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        if (_browser is not null) return _browser;

        var chromium = Requirement.Need(FindChromium(), "Chromium is missing.");
        _playwright ??= await Playwright.CreateAsync();
        return _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Flags });
    }

    private static string? FindChromium() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
