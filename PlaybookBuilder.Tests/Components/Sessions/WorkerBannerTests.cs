using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;
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
        : base(services => services.AddSingleton(new SessionLife(TestPlaces.At(TimeProvider.System, "ada/genes"), TimeProvider.System, reason =>
        {
            ended.SetResult(reason);
            return Task.CompletedTask;
        }))) => _ended = ended;

    [Fact]
    public async Task Disconnect_Confirmed_EndsTheWorkerAndSaysWhy()
    {
        var banner = Render<WorkerBanner>();
        Assert.Contains("ada/genes", banner.Find("p").TextContent);
        Assert.Contains("0 min · about $0.00", banner.Markup);
        Assert.Equal("account/kept", banner.Find("a").GetAttribute("href"));

        await banner.FindAll("button").Single(button => button.TextContent == "Disconnect").ClickAsync();

        Assert.Equal("You disconnected it.", await _ended.Task.WaitAsync(Cancellation));
        Assert.Contains("Closing", banner.Find("p").TextContent);
    }

    [Fact]
    public void Playbook_InASession_IsBroughtBackFromOutside()
    {
        var life = Services.GetRequiredService<SessionLife>();
        var playbook = GeneSet("STAT3");

        var move = Render<SessionMove>(parameters => parameters.Add(move => move.Playbook, playbook));

        Assert.Equal($"https://playbooks.example.org/account/bring/{life.Place.SessionId}/{playbook.Id}", move.Find("a").GetAttribute("href"));
    }
}
