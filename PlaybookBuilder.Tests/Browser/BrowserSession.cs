using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>One page in a browser context of its own, with all it complained about and asked for.</summary>
public sealed class BrowserSession : IAsyncDisposable
{
    /// <summary>The time limit of whatever a test expects to see.</summary>
    public const int LongestMilliseconds = 40_000;

    private readonly IBrowserContext _context;

    private BrowserSession(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error") Complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.WebSocket += (_, socket) => Sockets.Enqueue(socket);
        page.Response += (_, response) => Responses.Enqueue(response);
        context.Request += (_, request) => Requests.Enqueue(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>Errors of the console, among them violations of the content security policy, and of scripts.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public ConcurrentQueue<Uri> Requests { get; } = [];

    public ConcurrentQueue<IResponse> Responses { get; } = [];

    public ConcurrentQueue<IWebSocket> Sockets { get; } = [];

    public static async Task<BrowserSession> OpenAsync(IBrowser browser, Uri address, BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(new(options ?? new()) { BaseURL = address.ToString() });
        context.SetDefaultTimeout(LongestMilliseconds);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>Expects something of an element within the time limit of the tests.</summary>
    public static Task SeeAsync(ILocator element) => Assertions.Expect(element).ToBeVisibleAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
