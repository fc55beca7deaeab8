using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.Cavatica.Launchers;

public sealed class WesLauncherTests : IAsyncLifetime
{
    private const string Posting = "POST /ga4gh/wes/v1/runs";

    private static readonly Guid User = CavaticaHost.Ada.UserId!.Value;

    private CavaticaHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await CavaticaHost.StartAsync();
        await _host.EnterAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Launch_StartsTheWorkerInTheProjectWithoutTheKey()
    {
        var launch = NewLaunch();
        var runId = await _host.Launcher.LaunchAsync(launch, Cancellation);

        var run = Assert.Single(_host.Wes.Runs);
        Assert.Equal((runId, CavaticaHost.Image, _host.Key), (run.Id, run.Image, run.Token));
        Assert.Equal(CavaticaHost.Project, $"{run.Request["workflow_params"]!["project"]}");
        Assert.Equal(["/app/PlaybookBuilder.Web", "session", launch.Settings.ToJson()], run.Command);
        Assert.DoesNotContain(_host.Key, run.Request.ToJsonString());
    }

    [Fact]
    public async Task Launch_WhoseAnswerIsLost_IsFoundByItsMark()
    {
        _host.Wes.Strike(new FakeFault(Posting));
        var runId = await _host.Launcher.LaunchAsync(NewLaunch(), Cancellation);

        Assert.Equal(Assert.Single(_host.Wes.Runs).Id, runId);
    }

    [Fact]
    public async Task Launch_ThatIsRefused_SaysWhy()
    {
        _host.Wes.Strike(new FakeFault(Posting, 403));
        var refusal = await Assert.ThrowsAsync<LaunchException>(() => _host.Launcher.LaunchAsync(NewLaunch(), Cancellation));

        Assert.Contains("403", refusal.Message);
        Assert.Empty(_host.Wes.Runs);
    }

    [Theory]
    [InlineData("UNKNOWN", ProxySessionState.Queued)]
    [InlineData("A_WORD_OF_LATER", ProxySessionState.Queued)]
    [InlineData("QUEUED", ProxySessionState.Queued)]
    [InlineData("PAUSED", ProxySessionState.Queued)]
    [InlineData("INITIALIZING", ProxySessionState.Initializing)]
    [InlineData("RUNNING", ProxySessionState.Started)]
    [InlineData("CANCELING", ProxySessionState.Closing)]
    [InlineData("COMPLETE", ProxySessionState.Closed)]
    [InlineData("CANCELED", ProxySessionState.Closed)]
    [InlineData("EXECUTOR_ERROR", ProxySessionState.Failed)]
    [InlineData("SYSTEM_ERROR", ProxySessionState.Failed)]
    [InlineData("PREEMPTED", ProxySessionState.Failed)]
    public async Task Read_TellsTheStateOfTheService(string text, ProxySessionState state)
    {
        var runId = await _host.Launcher.LaunchAsync(NewLaunch(), Cancellation);
        _host.Wes.Runs[0].Tell([text]);
        var told = await _host.Launcher.ReadAsync(User, runId, Cancellation);

        Assert.Equal(state, told.State);
        Assert.Equal(state == ProxySessionState.Failed || text is "PAUSED" or "CANCELED" or "CANCELING", told.Reason is not null);
    }

    [Fact]
    public async Task Read_OfAWorkerThatEndedWithAnError_TellsItsExitCode()
    {
        var runId = await _host.Launcher.LaunchAsync(NewLaunch(), Cancellation);
        _host.Wes.Runs[0].End(3);

        Assert.Equal(new LaunchedState(ProxySessionState.Failed, "Its worker ended with an error (exit code 3)."), await _host.Launcher.ReadAsync(User, runId, Cancellation));
    }

    [Fact]
    public async Task Read_OfATaskThatCouldNotBeRun_TellsWhatTheServiceSays()
    {
        _host.Wes.Executable = "/no/such/program";
        var runId = await _host.Launcher.LaunchAsync(NewLaunch(), Cancellation);
        var told = await _host.Launcher.ReadAsync(User, runId, Cancellation);

        Assert.Equal(ProxySessionState.Failed, told.State);
        Assert.Contains("/no/such/program", told.Reason);
    }

    [Fact]
    public async Task Read_WhileTheServiceIsAway_TellsNothing()
    {
        var runId = await _host.Launcher.LaunchAsync(NewLaunch(), Cancellation);
        await _host.Wes.DisposeAsync();

        await Assert.ThrowsAsync<LaunchException>(() => _host.Launcher.ReadAsync(User, runId, Cancellation));
        await Assert.ThrowsAsync<LaunchException>(() => _host.Launcher.CancelAsync(User, runId, Cancellation));
    }

    [Fact]
    public async Task Key_ThatIsRevoked_IsNamed()
    {
        var runId = await _host.Launcher.LaunchAsync(NewLaunch(), Cancellation);
        _host.Wes.RevokeToken(_host.Key);
        var refusal = await Assert.ThrowsAsync<LaunchException>(() => _host.Launcher.ReadAsync(User, runId, Cancellation));

        Assert.Contains("token", refusal.Message);
        Assert.DoesNotContain(_host.Key, refusal.ToString());
    }

    [Fact]
    public async Task Cancel_EndsTheRunAndLeavesOneThatEnded()
    {
        var runId = await _host.Launcher.LaunchAsync(NewLaunch(), Cancellation);
        await _host.Launcher.CancelAsync(User, runId, Cancellation);
        var asked = Cancellations();
        await _host.Launcher.CancelAsync(User, runId, Cancellation);

        Assert.Equal("CANCELED", _host.Wes.Runs[0].NextState());
        Assert.Equal((1, 1), (asked, Cancellations()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_TellsTheLiveRunsOfSessions(bool isListingTags)
    {
        _host.Wes.IsListingTags = isListingTags;
        var (live, over) = (NewLaunch(), NewLaunch());
        var runId = await _host.Launcher.LaunchAsync(live, Cancellation);
        await _host.Launcher.LaunchAsync(over, Cancellation);
        _host.Wes.Runs[1].End(0);

        Assert.Equal(new LaunchedRun(runId, live.SessionId, CavaticaHost.PublicUrl.ToString()), Assert.Single(await _host.Launcher.ListAsync(User, Cancellation)));
    }

    private static SessionLaunch NewLaunch()
    {
        var session = Guid.NewGuid();
        return new SessionLaunch(session, User, CavaticaHost.Project, new SessionSettings(CavaticaHost.PublicUrl, session, "a-secret"));
    }

    private int Cancellations() => _host.Wes.Requests.Count(static request => request.EndsWith("/cancel", StringComparison.Ordinal));
}
