using Microsoft.Playwright;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>What was typed but not submitted, when the server dies.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class DraftTests(PublishedBrowser browser)
{
    private const string Typed = "ACE2\nTP53\nSTAT3";

    [Fact]
    public async Task Entries_WhenTheServerIsKilledAndStartsAgain_AreStillThere()
    {
        using var folder = new TemporaryFolder();
        await using var killed = await PublishedProgram.StartAsync(folder);
        await using var session = await browser.OpenAtAsync(killed);
        await session.Page.BeginAsync("Gene Set Input");
        var genes = session.Page.Locator("form.prompt fieldset:not([disabled]) textarea");
        await genes.PressSequentiallyAsync(Typed);

        await killed.KillAsync();
        await Assertions.Expect(genes).ToHaveValueAsync(Typed);
        await using var restarted = await PublishedProgram.StartAsync(folder, killed.Address.Port);
        await session.Page.ReloadAsync();

        await Assertions.Expect(genes).ToHaveValueAsync(Typed);
        await BrowserSession.SeeAsync(session.Page.GetByText("Your unsubmitted entries were restored."));
    }
}
