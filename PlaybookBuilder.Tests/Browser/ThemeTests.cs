using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>Light and dark pages, and the palette of commands.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ThemeTests(PublishedBrowser browser)
{
    [Theory]
    [InlineData("Dark theme", "dark")]
    [InlineData("Light theme", "light")]
    public async Task Theme_ChosenAndReloaded_Stays(string button, string theme)
    {
        await using var session = await browser.OpenAsync(new() { ColorScheme = theme == "dark" ? ColorScheme.Light : ColorScheme.Dark });
        await session.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });

        await session.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
        await BrowserSession.SeeAsync(session.Page.Locator($"html[data-theme={theme}]"));
        await session.Page.ReloadAsync();

        await BrowserSession.SeeAsync(session.Page.Locator($"html[data-theme={theme}]"));
    }

    [Fact]
    public async Task Palette_OpenedByKeyboard_LeadsToAComponent()
    {
        await using var session = await browser.OpenAsync();
        await session.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await session.Page.WaitUntilInteractiveAsync();

        await session.Page.Keyboard.PressAsync("Control+k");
        await session.Page.GetByRole(AriaRole.Combobox).FillAsync("Log Normalize");
        await BrowserSession.SeeAsync(session.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Log Normalize" }).First);
        await session.Page.Keyboard.PressAsync("Enter");

        // Not WaitForURLAsync: it may miss a change of the address that no document is loaded for.
        await Assertions.Expect(session.Page).ToHaveURLAsync(new Regex("/components/LogNormalize"));
    }
}
