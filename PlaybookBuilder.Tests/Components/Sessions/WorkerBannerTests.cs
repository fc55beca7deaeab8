using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Tests.Components.Sessions;

public sealed class WorkerBannerTests : PageTestContext
{
    private readonly TaskCompletionSource<string> _ended;

    public WorkerBannerTests()
        : this(new TaskCompletionSource<string>())
    {
    }

    private WorkerBannerTests(TaskCompletionSource<string> ended)
        : base(services => services.AddSingleton(new SessionLife("ada/genes", TimeProvider.System, reason =>
        {
            ended.SetResult(reason);
            return Task.CompletedTask;
        }))) => _ended = ended;

    [Fact]
    public async Task Disconnect_Confirmed_EndsTheWorkerAndSaysWhy()
    {
        var banner = Render<WorkerBanner>();
        Assert.Contains("ada/genes", banner.Find("p").TextContent);

        await banner.FindAll("button").Single(button => button.TextContent == "Disconnect").ClickAsync();

        Assert.Equal("You disconnected it.", await _ended.Task.WaitAsync(Cancellation));
        Assert.Contains("Closing", banner.Find("p").TextContent);
    }
}
