using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.Cavatica.Sessions;

/// <summary>Sessions whose workers are tasks of a platform, from their launch to their end.</summary>
public sealed class WesSessionsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = FakeClock.New();

    private CavaticaHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CavaticaHost.StartAsync(_clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Launch_WithoutAKeyOrAProject_IsRefused()
    {
        Assert.Equal(CavaticaAccountProblem.NoKey, (await Assert.ThrowsAsync<CavaticaAccountException>(BeginAsync)).Problem);
        await _host.Accounts.SaveAsync(CavaticaHost.Ada, _host.Key, project: null, "", Cancellation);
        Assert.Equal(CavaticaAccountProblem.NoProject, (await Assert.ThrowsAsync<CavaticaAccountException>(BeginAsync)).Problem);
        Assert.Empty(await _host.Sessions.ListAsync(CavaticaHost.Ada, Cancellation));
    }

    [Fact]
    public async Task Session_FollowsItsTask()
    {
        var id = await LaunchAsync("QUEUED", "INITIALIZING", "UNKNOWN");
        List<ProxySessionState> states = [];
        for (var turn = 0; turn < 4; turn++)
        {
            await TurnAsync();
            states.Add((await ReadAsync(id)).State);
        }

        Assert.Equal([ProxySessionState.Queued, ProxySessionState.Initializing, ProxySessionState.Initializing, ProxySessionState.Started], states);
        Assert.Equal(CavaticaHost.Project, (await ReadAsync(id)).Project);
    }

    [Theory]
    [InlineData("COMPLETE", ProxySessionState.Closed)]
    [InlineData("CANCELED", ProxySessionState.Closed)]
    [InlineData("EXECUTOR_ERROR", ProxySessionState.Failed)]
    [InlineData("SYSTEM_ERROR", ProxySessionState.Failed)]
    [InlineData("PREEMPTED", ProxySessionState.Failed)]
    public async Task Task_ThatEnds_EndsTheConnectedSession(string state, ProxySessionState end)
    {
        var id = await LaunchAsync();
        await ConnectAsync(id);
        _host.Wes.Runs[0].Tell([state]);
        await TurnAsync();

        var ended = await ReadAsync(id);
        Assert.Equal((end, true), (ended.State, ended.Ended is not null));
        Assert.Equal(state != "COMPLETE", ended.Reason is not null);
    }

    [Fact]
    public async Task Service_ThatIsAway_EndsNothing()
    {
        var id = await LaunchAsync();
        await ConnectAsync(id);
        for (var turn = 0; turn < 3; turn++)
        {
            for (var call = 0; call < 3; call++) _host.Wes.Strike(new FakeFault("GET /ga4gh/wes/v1/runs/", 503));
            await TurnAsync();
            _clock.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal((ProxySessionState.Connected, null), ((await ReadAsync(id)).State, (await ReadAsync(id)).Ended));
    }

    [Fact]
    public async Task Disconnect_CancelsTheTask()
    {
        var id = await LaunchAsync();
        await ConnectAsync(id);
        await _host.Sessions.DisconnectAsync(CavaticaHost.Ada, id, "", Cancellation);
        await TurnAsync();

        Assert.Equal("CANCELED", _host.Wes.Runs[0].NextState());
        Assert.Equal((ProxySessionState.Closed, null), ((await ReadAsync(id)).State, (await ReadAsync(id)).Reason));
    }

    [Fact]
    public async Task Disconnect_WhoseServiceStaysAway_EndsTheSessionAndSaysWhatIsNotKnown()
    {
        var id = await LaunchAsync();
        await _host.Sessions.DisconnectAsync(CavaticaHost.Ada, id, "", Cancellation);
        _host.Wes.RevokeToken(_host.Key);
        await TurnAsync();
        Assert.Null((await ReadAsync(id)).Ended);
        _clock.Advance(TimeSpan.FromMinutes(16));
        await TurnAsync();

        var ended = await ReadAsync(id);
        Assert.Equal(ProxySessionState.Failed, ended.State);
        Assert.Contains("not known", ended.Reason);
    }

    [Fact]
    public async Task Task_ThatWaitedLongInTheQueue_HasItsTimeToDial()
    {
        var id = await LaunchAsync("QUEUED");
        await TurnAsync();
        _clock.Advance(TimeSpan.FromMinutes(40));
        await TurnAsync();
        await TurnAsync();
        Assert.Equal(ProxySessionState.Started, (await ReadAsync(id)).State);
        _clock.Advance(TimeSpan.FromMinutes(16));
        await TurnAsync();

        Assert.Equal(ProxySessionState.Closing, (await ReadAsync(id)).State);
    }

    [Fact]
    public async Task Dial_TellsTheKeyAndTheProjectOfTheLaunch()
    {
        var id = await LaunchAsync();
        _host.Platform.AddProject("Ada/other");
        await _host.Accounts.SaveAsync(CavaticaHost.Ada, key: null, "Ada/other", "", Cancellation);
        var dial = await _host.Dials.DialAsync(id, SecretOf(0), Cancellation);

        Assert.Equal((_host.Platform.Address, _host.Key, CavaticaHost.Project), (dial!.Project!.Endpoint, dial.Project.Key, dial.Project.Project));
        Assert.DoesNotContain(_host.Key, dial.ToString());
    }

    [Fact]
    public async Task Task_OfASessionThatIsOver_IsCancelledAtTheNextLaunch()
    {
        var id = await LaunchAsync();
        await _host.Store.EndAsync(id, ProxySessionState.Failed, "lost", _clock.GetUtcNow(), Cancellation);
        var next = await LaunchAsync();

        await UntilAsync(() => _host.Wes.Runs[0].NextState() == "CANCELED");
        Assert.Equal("RUNNING", _host.Wes.Runs[1].NextState());
        Assert.Null((await ReadAsync(next)).Ended);
    }

    [Fact]
    public async Task Orphans_AreThoseOfThisInstallation()
    {
        await _host.EnterAsync();
        var (ours, others) = (await OfNobodyAsync(CavaticaHost.PublicUrl), await OfNobodyAsync(new Uri("https://another.example.org/")));

        Assert.Equal(0, await _host.Orphans.EndAsync(_host.Launcher, CavaticaHost.Ada.UserId!.Value, url: null, Cancellation));
        Assert.Equal(1, await _host.Orphans.EndAsync(_host.Launcher, CavaticaHost.Ada.UserId!.Value, CavaticaHost.PublicUrl, Cancellation));
        Assert.Equal(("CANCELED", "RUNNING"), (ours.NextState(), others.NextState()));
    }

    [Fact]
    public async Task Task_WhoseStartWasInDoubt_IsCancelledWhenItIsSeenLater()
    {
        await _host.EnterAsync();
        _host.Wes.Strike(new FakeFault("POST /ga4gh/wes/v1/runs"));
        // It is not to be seen at once.
        _host.Wes.Strike(new FakeFault("GET /ga4gh/wes/v1/runs", 403));
        _host.Wes.Strike(new FakeFault("GET /ga4gh/wes/v1/runs", 403));
        var session = await BeginAsync();
        await UntilAsync(async () => (await ReadAsync(session.Id)).State == ProxySessionState.Failed);
        await UntilAsync(() => _host.Wes.Requests.Count(static request => request == "GET /ga4gh/wes/v1/runs") == 2);
        Assert.Equal("RUNNING", _host.Wes.Runs[0].NextState());

        _clock.Advance(TimeSpan.FromMinutes(2));
        await _host.Orphans.RunOnceAsync(Cancellation);
        Assert.Equal("CANCELED", _host.Wes.Runs[0].NextState());
    }

    [Fact]
    public async Task LocalSession_HasTheProjectOfTheAccount()
    {
        await using var local = await CavaticaHost.StartAsync(launcher: LocalLauncher.LauncherName);
        await local.EnterAsync();
        var row = new Core.Database.ProxySessionRow { Id = Guid.NewGuid(), UserId = CavaticaHost.Ada.UserId!.Value, Launcher = LocalLauncher.LauncherName, Project = CavaticaHost.Project, State = ProxySessionState.Started, RunId = "1 1", Created = _clock.GetUtcNow(), SecretHash = Core.Accounts.SecretKeys.Hash("secret"), Epoch = 0 };
        await local.Store.TryAddAsync(row, Cancellation);

        Assert.Equal(local.Key, (await local.Dials.DialAsync(row.Id, "secret", Cancellation))!.Project!.Key);
    }

    private Task<ProxySession> BeginAsync() => _host.Sessions.LaunchAsync(CavaticaHost.Ada, CavaticaHost.PublicUrl, "", Cancellation);

    private async Task<Guid> LaunchAsync(params string[] states)
    {
        await _host.EnterAsync();
        var lists = Lists();
        var session = await BeginAsync();
        // The launch is over when it has looked for workers of former sessions.
        await UntilAsync(() => Lists() > lists);
        _host.Wes.Runs[^1].Tell(states);
        return session.Id;
    }

    private int Lists() => _host.Wes.Answers.Count(static answer => answer.Schema == "RunListResponse");

    private async Task ConnectAsync(Guid id)
    {
        var dial = await _host.Dials.DialAsync(id, SecretOf(0), Cancellation);
        Assert.True(await _host.Dials.HoldAsync(id, dial!, "http://here", Guid.NewGuid(), Cancellation));
        await _host.Dials.ConnectAsync(id, dial!, "", Cancellation);
    }

    private string SecretOf(int run) => SessionSettings.Parse(_host.Wes.Runs[run].Command[^1]).Secret;

    private async Task<FakeRun> OfNobodyAsync(Uri url)
    {
        var session = Guid.NewGuid();
        var runId = await _host.Launcher.LaunchAsync(new SessionLaunch(session, CavaticaHost.Ada.UserId!.Value, CavaticaHost.Project, new SessionSettings(url, session, "a-secret")), Cancellation);
        return _host.Wes.Runs.Single(run => run.Id == runId);
    }

    private Task<ProxySession> ReadAsync(Guid id) => _host.Sessions.GetAsync(CavaticaHost.Ada, id, Cancellation);

    /// <summary>The monitor looks once. Its calls wait by this clock when they are to be made again.</summary>
    private async Task TurnAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        var turn = _host.Monitor.RunOnceAsync(Cancellation);
        while (!turn.IsCompleted)
        {
            await Task.WhenAny(turn, Task.Delay(20, Cancellation));
            if (!turn.IsCompleted) _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        await turn;
    }

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(EngineHost.Patience);
        while (!await isSo()) await Task.Delay(20, limit.Token);
    }
}
