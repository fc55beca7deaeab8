using Microsoft.Playwright;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>An open page whose server dies and comes back.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ReconnectTests(PublishedBrowser browser)
{
    [Fact]
    public async Task Page_WhoseServerStartsAgain_ComesBackByItselfWithWhatWasTyped()
    {
        using var folder = new TemporaryFolder();
        await using var killed = await PublishedProgram.StartAsync(folder);
        await using var session = await browser.OpenAtAsync(killed);
        var page = session.Page;
        await page.BeginAsync("Gene Set Input");
        var address = page.Url;
        var genes = page.Locator("form.prompt fieldset:not([disabled]) textarea");
        await genes.PressSequentiallyAsync("ACE2\nTP53");

        await killed.KillAsync();
        await BrowserSession.SeeAsync(page.Locator("#components-reconnect-modal"));
        await using var restarted = await PublishedProgram.StartAsync(folder, killed.Address.Port);

        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(address);
        await Assertions.Expect(genes).ToHaveValueAsync("ACE2\nTP53");
        await page.WaitUntilInteractiveAsync();
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
        await page.WaitUntilDoneAsync("Gene Set Input");
    }
}
