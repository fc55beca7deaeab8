using Microsoft.Playwright;

namespace PlaybookBuilder.Benchmarks.Browsers;

/// <summary>When something came to stand in a page, by the machine's clock, which all programs on it share.</summary>
internal static class Appearance
{
    // Date.now() is cut off to a millisecond, so one is added: never earlier than it was.
    private const string Watch = """
        selector => {
          window.appeared = new Promise(resolve => {
            const look = () => document.querySelector(selector) && (observer.disconnect(), resolve(Date.now() + 1), true);
            const observer = new MutationObserver(look);
            observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
            look();
          });
        }
        """;

    /// <param name="selector">Of what is not there yet.</param>
    /// <param name="cause">What makes it appear.</param>
    /// <returns>How long after the cause was begun it stood in the page.</returns>
    public static async Task<TimeSpan> AfterAsync(IPage page, string selector, Func<Task> cause)
    {
        await page.EvaluateAsync(Watch, selector);
        var begun = TimeProvider.System.GetUtcNow();
        await cause();
        var appeared = await page.EvaluateAsync<double>("() => window.appeared");
        return DateTimeOffset.UnixEpoch.AddMilliseconds(appeared) - begun;
    }
}
