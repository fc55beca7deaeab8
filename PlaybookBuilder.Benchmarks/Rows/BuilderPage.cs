using Microsoft.Playwright;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>What the rows look for in the builder's page.</summary>
internal static class BuilderPage
{
    /// <summary>Completes when the list of steps and the selected step with its result are visible.</summary>
    public static async Task IsCompleteAsync(IPage page)
    {
        await page.Locator("ol.path [aria-current=step]").WaitForAsync();
        await page.Locator("article.step .result").WaitForAsync();
    }
}
