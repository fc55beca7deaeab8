using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>What a researcher does in the builder, in the words of the page.</summary>
internal static class Builder
{
    /// <summary>Waits until what is clicked and typed reaches the server.</summary>
    public static Task WaitUntilInteractiveAsync(this IPage page) => page.Locator("html[data-interactive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Chooses a next step by its name and waits until its panel is open.</summary>
    public static async Task ChooseAsync(this IPage page, string label)
    {
        // Cards written by the server are there before a click reaches it.
        await page.WaitUntilInteractiveAsync();
        var next = page.Locator("#next");
        await next.Locator("button.pb-card").Filter(new() { Has = page.GetByText(label, new() { Exact = true }) }).ClickAsync();
        await BrowserSession.SeeAsync(page.StepOf(label));
    }

    /// <summary>Opens the page of a new input and waits until the cards can be clicked.</summary>
    public static async Task BeginAsync(this IPage page, string label)
    {
        await page.GotoAsync("/graph/extend");
        await page.ChooseAsync(label);
    }

    /// <summary>Uploads a file into the open step and submits it.</summary>
    public static async Task UploadAsync(this IPage page, FilePayload file)
    {
        await page.Locator("form.prompt fieldset:not([disabled]) input[type=file]").First.SetInputFilesAsync(file);
        await BrowserSession.SeeAsync(page.Locator("form.prompt .file").Filter(new() { HasText = file.Name }));
        await page.Locator("form.prompt button[type=submit]").ClickAsync();
    }

    /// <param name="bytesPerSecond">How fast the page uploads from now on; -1 as fast as it can.</param>
    public static async Task SlowDownAsync(this IPage page, int bytesPerSecond)
    {
        var protocol = await page.Context.NewCDPSessionAsync(page);
        await protocol.SendAsync("Network.enable");
        await protocol.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = bytesPerSecond });
    }

    public static Task WaitUntilDoneAsync(this IPage page, string label) =>
        BrowserSession.SeeAsync(page.StepOf(label).Locator("header .pb-state").Filter(new() { HasTextRegex = new Regex("^\\s*Done") }));

    public static ILocator StepOf(this IPage page, string label) =>
        page.Locator("article.step").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = label }) });
}
