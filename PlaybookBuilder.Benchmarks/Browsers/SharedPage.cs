using Microsoft.Playwright;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Rows;

namespace PlaybookBuilder.Benchmarks.Browsers;

/// <summary>A playbook with an answered prompt, open in a browser at one replica, and submitted at another.</summary>
internal sealed class SharedPage : IAsyncDisposable
{
    private const string Result = "article.step .result";

    // Longer than a page keeps what changes quickly: the system is idle again.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    private readonly IBrowserContext _visitor;
    private readonly IPage _page;
    private readonly LoadClient _client;
    private readonly string _id;

    private SharedPage(IBrowserContext visitor, IPage page, LoadClient client, string id) => (_visitor, _page, _client, _id) = (visitor, page, client, id);

    /// <param name="asked">The replica at which the answer is submitted.</param>
    /// <param name="shown">The replica at which the page is open.</param>
    /// <param name="number">Makes the playbook unlike others.</param>
    public static async Task<SharedPage> OpenAsync(Browser browser, ServedProgram asked, ServedProgram shown, int number)
    {
        var client = new LoadClient(asked.Address);
        var id = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.Prompts(number, 1)));
        var visitor = await browser.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(new Uri(shown.Address, PlaybookApi.Page(id)).ToString());
        await page.Locator(BuilderPage.Interactive).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator(Result).WaitForAsync();
        return new SharedPage(visitor, page, client, id);
    }

    /// <summary>Takes the result away, submits the answer again at the one replica, and waits until the result stands in the page at the other.</summary>
    public async Task<TimeSpan> SubmitAsync()
    {
        await _client.PostAsync($"{PlaybookApi.Playbooks}/{_id}/recompute/{_id}", "{}"u8.ToArray());
        await _page.Locator(Result).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Task.Delay(Idle);
        return await Appearance.AfterAsync(
            _page,
            Result,
            () => _client.SendAsync(new HttpRequestMessage(HttpMethod.Get, PlaybookApi.Output(_id)) { Headers = { { "Prefer", "wait=0" } } }));
    }

    public async ValueTask DisposeAsync()
    {
        await _visitor.DisposeAsync();
        _client.Dispose();
    }
}
