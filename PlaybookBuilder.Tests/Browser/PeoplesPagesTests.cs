using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>The pages of accounts and of the administration, as a browser shows them.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class PeoplesPagesTests(PublishedBrowser browser)
{
    [Theory]
    [InlineData("/account/data", "My data")]
    [InlineData("/admin/settings", "Settings")]
    public async Task Tabs_OnAPhone_AreScrolledToTheChosenOne(string path, string name)
    {
        await using var session = await browser.OpenAsync(new() { ViewportSize = new() { Width = 360, Height = 740 } });
        var chosen = session.Page.Locator("nav.tabs").GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

        await session.Page.GotoAsync(path);
        await session.Page.WaitUntilInteractiveAsync();
        await Assertions.Expect(chosen).ToBeInViewportAsync(new() { Ratio = 0.95f });

        var first = session.Page.Locator("nav.tabs a").First;
        await first.ClickAsync();
        await Assertions.Expect(first).ToHaveClassAsync("active");
        await Assertions.Expect(first).ToBeInViewportAsync(new() { Ratio = 0.95f });
        Assert.Equal(360, await session.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Question_IsPutAwayByEscapeAndByCancel()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await page.GotoAsync("/account/tokens");
        await page.WaitUntilInteractiveAsync();
        var name = $"{Guid.NewGuid()}";
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        var question = page.Locator("li").Filter(new() { HasText = name }).Locator("details");
        var (asks, confirm) = (question.Locator("summary"), question.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }));

        await asks.ClickAsync();
        await BrowserSession.SeeAsync(confirm);
        await confirm.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(confirm).ToBeHiddenAsync();
        await Assertions.Expect(asks).ToBeFocusedAsync();

        await asks.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(confirm).ToBeHiddenAsync();
        await Assertions.Expect(asks).ToBeFocusedAsync();

        await asks.ClickAsync();
        await confirm.ClickAsync();
        await BrowserSession.SeeAsync(page.GetByText($"{name} is revoked."));
    }

    [Fact]
    public async Task Audit_OfWhatTheLocalUserDidInAPage_SaysFromWhere()
    {
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await PeoplesThings.MakeAsync(page.APIRequest);
        await page.GotoAsync("/account/tokens");
        await page.WaitUntilInteractiveAsync();
        await page.GetByLabel("Name").FillAsync("audited");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await BrowserSession.SeeAsync(page.GetByText("Copy this token now"));
        await page.GotoAsync("/admin/suggestions");
        await page.WaitUntilInteractiveAsync();
        await page.GetByLabel("Accept t-SNE", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("Accept: Accept t-SNE").First.ClickAsync();
        await BrowserSession.SeeAsync(page.GetByText("'t-SNE' is accepted."));

        foreach (var action in new[] { "token.make", "suggestion.accept" })
        {
            var entries = (await (await page.APIRequest.GetAsync($"/api/v1/admin/audit?action={action}")).JsonAsync())!.Value;
            Assert.Equal("127.0.0.1", entries[0].GetProperty("address").GetString());
        }
    }
}
