using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;
using PlaybookBuilder.Web.Components.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Tests.Components.Sessions;

public sealed class SessionIdleNoticeTests : BunitContext
{
    private readonly FakeTimeProvider _time = FakeClock.New();
    private readonly SessionLife _life;

    public SessionIdleNoticeTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _life = new SessionLife(TestPlaces.At(_time), _time, static _ => Task.CompletedTask);
    }

    [Fact]
    public void Render_OutsideASession_IsNothing()
    {
        var module = JSInterop.SetupModule(SessionIdleNotice.Module);

        var notice = Render<SessionIdleNotice>();

        Assert.Empty(notice.Markup);
        Assert.Empty(module.Invocations);
    }

    [Fact]
    public void Warning_IsShown_UntilTheUserStays()
    {
        Services.AddSingleton(_life);
        var notice = Render<SessionIdleNotice>();
        Assert.Empty(notice.Markup);

        _life.Warn(_time.GetUtcNow() + TimeSpan.FromMinutes(2));

        notice.WaitForAssertion(() => Assert.Equal("This session ends at 1 Jan 2025 00:02 UTC because nothing was done.", notice.Find("[role=alert] span").TextContent));
        _time.Advance(TimeSpan.FromMinutes(1));
        notice.Find("button").Click();
        Assert.Empty(notice.Markup);
        Assert.Equal(_time.GetUtcNow(), _life.LastActed);
    }

    [Fact]
    public void Act_FromTheBrowser_IsTheUsers()
    {
        Services.AddSingleton(_life);
        var module = JSInterop.SetupModule(SessionIdleNotice.Module);
        module.Mode = JSRuntimeMode.Loose;
        var notice = Render<SessionIdleNotice>();
        _time.Advance(TimeSpan.FromMinutes(1));

        notice.Instance.Act();

        Assert.Single(module.Invocations["start"]);
        Assert.Equal(_time.GetUtcNow(), _life.LastActed);
    }

    [Fact]
    public async Task Notice_ThatIsGone_HearsNothing()
    {
        Services.AddSingleton(_life);
        Render<SessionIdleNotice>();

        await DisposeComponentsAsync();

        _life.Warn(_time.GetUtcNow());
    }
}
