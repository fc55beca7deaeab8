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

    /// <summary>Opens a page in a tab of its own, for which the browser may have to start a process.</summary>
    /// <param name="visible">Selectors of what is to be seen.</param>
    /// <param name="interactive">A selector of what is there once clicks are answered.</param>
    public static async Task<PageOpening> OfAsync(IBrowserContext visitor, Uri address, string[] visible, string interactive)
    {
        var tab = await NewTabAsync(visitor, visible);
        var opening = await InAsync(tab, address, interactive);
        await tab.CloseAsync();
        return opening;
    }

    /// <summary>A tab for pages that show the same.</summary>
    public static async Task<IPage> NewTabAsync(IBrowserContext visitor, string[] visible)
    {
        var tab = await visitor.NewPageAsync();
        await tab.AddInitScriptAsync($"({Watch})({System.Text.Json.JsonSerializer.Serialize(visible)})");
        return tab;
    }

    /// <summary>Opens a page in a tab, in the place of the one that is there.</summary>
    public static async Task<PageOpening> InAsync(IPage tab, Uri address, string interactive)
    {
        await tab.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        var laidOut = await (await tab.WaitForFunctionAsync("() => window.laidOutAfter")).JsonValueAsync<double>();
        await tab.Locator(interactive).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var answers = await tab.EvaluateAsync<double>("() => performance.now()");
        return new(TimeSpan.FromMilliseconds(laidOut), TimeSpan.FromMilliseconds(answers));
    }
}
