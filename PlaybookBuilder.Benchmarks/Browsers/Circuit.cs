using Microsoft.Playwright;

namespace PlaybookBuilder.Benchmarks.Browsers;

/// <summary>A page's connection to the server, seen from the browser.</summary>
internal static class Circuit
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Opens a page and completes when the server has rendered it over the circuit.</summary>
    public static async Task OpenAsync(IPage page, Uri address)
    {
        var rendered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Watch(object? sender, IWebSocket socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Binary?.AsSpan().IndexOf("JS.RenderBatch"u8) >= 0) rendered.TrySetResult();
        };
        page.WebSocket += Watch;
        await page.GotoAsync(address.ToString());
        await rendered.Task.WaitAsync(Longest);
        page.WebSocket -= Watch;
    }

    /// <summary>Leaves the page, of which the browser tells the server.</summary>
    public static Task LeaveAsync(IPage page) => page.GotoAsync("about:blank");
}
