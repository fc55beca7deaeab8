using Microsoft.Playwright;

namespace PlaybookBuilder.Benchmarks.Browsers;

/// <summary>How long a page took to open, by the browser's own clock from the start of the navigation.</summary>
/// <param name="Visible">Until the frame in which all that was asked for is laid out.</param>
/// <param name="Interactive">Until it answers to clicks.</param>
internal sealed record PageOpening(TimeSpan Visible, TimeSpan Interactive)
{
    // A round of the browser's protocol waits behind whatever script runs, so the page itself looks once a frame.
    private const string Watch = """
        selectors => {
          const isLaidOut = selector => document.querySelector(selector)?.getClientRects().length > 0;
          const look = () => selectors.every(isLaidOut) ? setTimeout(() => window.laidOutAfter = performance.now()) : requestAnimationFrame(look);
          requestAnimationFrame(look);
        }
        """;

    /// <param name="visible">Selectors of what is to be seen.</param>
    /// <param name="interactive">A selector of what is there once clicks are answered.</param>
    public static async Task<PageOpening> OfAsync(IBrowserContext visitor, Uri address, string[] visible, string interactive)
    {
        var page = await visitor.NewPageAsync();
        await page.AddInitScriptAsync($"({Watch})({System.Text.Json.JsonSerializer.Serialize(visible)})");
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        var laidOut = await (await page.WaitForFunctionAsync("() => window.laidOutAfter")).JsonValueAsync<double>();
        await page.Locator(interactive).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var answers = await page.EvaluateAsync<double>("() => performance.now()");
        await page.CloseAsync();
        return new(TimeSpan.FromMilliseconds(laidOut), TimeSpan.FromMilliseconds(answers));
    }
}
