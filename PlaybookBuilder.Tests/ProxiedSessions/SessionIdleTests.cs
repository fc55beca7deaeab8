using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>When a session ends because nothing is done, with a clock that is moved by hand.</summary>
public sealed class SessionIdleTests : IAsyncLifetime
{
    private const string Page = "a page";

    private readonly HeardTimers _time = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionPresence _presence;
    private readonly SessionLife _life;
    private EngineHost? _engine;
    private SessionIdle? _idle;

    public SessionIdleTests()
    {
        _presence = new SessionPresence(_time);
        _life = new SessionLife(TestPlaces.At(_time), _time, reason =>
        {
            _ended.TrySetResult(reason);
            return Task.CompletedTask;
        });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SessionIdle Idle => _idle!;

    private EngineHost Engine => _engine!;

    public async ValueTask InitializeAsync()
    {
        _engine = await EngineHost.StartAsync(workers: 1);
        _idle = new SessionIdle(_life, _presence, _engine.Queue, _engine.Signals, new SessionIdleOptions(), _time, NullLogger<SessionIdle>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await Idle.StopAsync(CancellationToken.None);
        Idle.Dispose();
        await Engine.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_ForTwoMinutes_EndsIt()
    {
        Assert.Equal(TimeSpan.FromMinutes(2), await LookAsync());
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(TimeSpan.FromSeconds(1), await LookAsync());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await LookAsync());
        Assert.Equal("Nobody was there for 2 minutes.", await _ended.Task);
    }

    [Fact]
    public async Task Act_WithoutAPage_BeginsTheTwoMinutesAnew()
    {
        _time.Advance(TimeSpan.FromSeconds(90));

        _life.Acted();

        Assert.Equal(TimeSpan.FromMinutes(2), await LookAsync());
    }

    [Fact]
    public async Task Page_ThatIsLeft_IsWaitedForTwoMinutes()
    {
        _presence.Arrive(Page);
        _time.Advance(TimeSpan.FromMinutes(10));

        _presence.Leave(Page);

        Assert.Equal(TimeSpan.FromMinutes(2), await LookAsync());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await LookAsync());
        Assert.Equal("Nobody was there for 2 minutes.", await _ended.Task);
    }

    [Fact]
    public async Task OtherPage_ThatIsStillOpen_CountsAsSomebody()
    {
        _presence.Arrive(Page);
        _presence.Arrive("another");

        _presence.Leave(Page);

        Assert.Equal(TimeSpan.FromMinutes(28), await LookAsync());
    }

    [Fact]
    public async Task OpenPage_IsWarnedTwoMinutesBefore_AndEndsAfterThirty()
    {
        _presence.Arrive(Page);
        Assert.Equal(TimeSpan.FromMinutes(28), await LookAsync());
        Assert.Null(_life.EndsAt);
        _time.Advance(TimeSpan.FromMinutes(28));

        Assert.Equal(TimeSpan.FromMinutes(2), await LookAsync());
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(2), _life.EndsAt);
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(await LookAsync());
        Assert.Equal("Nothing was done for 30 minutes.", await _ended.Task);
    }

    [Fact]
    public async Task Act_AfterTheWarning_TakesItBack()
    {
        _presence.Arrive(Page);
        _time.Advance(TimeSpan.FromMinutes(29));
        await LookAsync();
        Assert.NotNull(_life.EndsAt);

        _life.Acted();

        Assert.Null(_life.EndsAt);
        Assert.Equal(TimeSpan.FromMinutes(28), await LookAsync());
    }

    [Fact]
    public async Task PageThatComesAndGoes_WhileNothingIsDone_GivesNoTime()
    {
        for (var minute = 0; minute < 29; minute++)
        {
            _presence.Arrive(Page);
            await LookAsync();
            _time.Advance(TimeSpan.FromSeconds(30));
            _presence.Leave(Page);
            await LookAsync();
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        var end = _life.EndsAt;
        Assert.NotNull(end);
        _presence.Arrive(Page);
        await LookAsync();
        Assert.Equal(end, _life.EndsAt);
        _time.Advance(end.Value - _time.GetUtcNow());
        Assert.Null(await LookAsync());
    }

    [Fact]
    public async Task PageThatComesLate_IsWarnedForTwoMinutesFirst()
    {
        _presence.Arrive(Page);
        _time.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal(TimeSpan.FromMinutes(2), await LookAsync());
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(2), _life.EndsAt);
    }

    [Fact]
    public async Task RunningJob_WithNobodyThere_KeepsItGoing()
    {
        var (playbook, waiting) = await BeginAsync();
        _time.Advance(TimeSpan.FromHours(5));

        Assert.NotNull(await LookAsync());
        Assert.False(_ended.Task.IsCompleted);

        Engine.Components.Gate.SetResult();
        await waiting;
        Assert.Equal(TimeSpan.FromMinutes(2), await LookAsync());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await LookAsync());
        Assert.NotNull(playbook);
    }

    [Fact]
    public async Task RunningJob_ThatBeginsUnderAWarning_TakesItBack()
    {
        _presence.Arrive(Page);
        _time.Advance(TimeSpan.FromMinutes(29));
        await LookAsync();
        Assert.NotNull(_life.EndsAt);

        await BeginAsync();
        await LookAsync();

        Assert.Null(_life.EndsAt);
    }

    [Fact]
    public async Task QueuedJob_KeepsItGoing()
    {
        await using var engine = await EngineHost.StartAsync(workers: 0);
        using var idle = new SessionIdle(_life, _presence, engine.Queue, engine.Signals, new SessionIdleOptions(), _time, NullLogger<SessionIdle>.Instance);
        await engine.Engine.RequestAsync(await engine.SaveAsync(Playbooks.Around("Copy")), Demand.Anonymous, Cancellation);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.NotNull(await idle.LookAsync(Cancellation));
        Assert.False(_ended.Task.IsCompleted);
    }

    [Fact]
    public async Task RequestUnderWay_KeepsItGoing()
    {
        _presence.BeginRequest();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await LookAsync());
        Assert.False(_ended.Task.IsCompleted);

        _presence.EndRequest();
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(await LookAsync());
    }

    [Fact]
    public async Task End_IsNoticed_WithoutAnybodyLooking()
    {
        await Idle.StartAsync(Cancellation);

        _time.Advance(await _time.NextAsync());

        Assert.Equal("Nobody was there for 2 minutes.", await _ended.Task.WaitAsync(EngineHost.Patience, Cancellation));
        Assert.Equal(TimeSpan.FromMinutes(2), _time.GetUtcNow() - _life.Place.Created);
    }

    [Fact]
    public async Task PageThatComes_IsNoticed_AndWarned()
    {
        var warned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _life.Subscribe(() => warned.TrySetResult());
        _presence.Arrive(Page);
        await Idle.StartAsync(Cancellation);

        _time.Advance(await _time.NextAsync());

        await warned.Task.WaitAsync(EngineHost.Patience, Cancellation);
        Assert.Equal(TimeSpan.FromMinutes(28), _time.GetUtcNow() - _life.Place.Created);
    }

    [Fact]
    public async Task End_ThatIsAskedForTwice_HappensOnce()
    {
        var ends = 0;
        var life = new SessionLife(TestPlaces.At(_time, "Ada/project"), _time, _ =>
        {
            ends++;
            return Task.CompletedTask;
        });

        await life.EndAsync("One.");
        await life.EndAsync("Two.");

        Assert.Equal((1, "Ada/project"), (ends, life.Place.Project));
    }

    [Fact]
    public void Subscription_ThatWasDisposed_HearsNothing()
    {
        var heard = 0;
        _life.Subscribe(() => heard++).Dispose();

        _life.Warn(_time.GetUtcNow());

        Assert.Equal(0, heard);
    }

    // How long until it would look again; null when the session ended.
    private async Task<TimeSpan?> LookAsync() => await Idle.LookAsync(Cancellation) - _time.GetUtcNow();

    private async Task<(Playbook Playbook, Task Waiting)> BeginAsync()
    {
        var playbook = await Engine.SaveAsync(Playbooks.Around("Gate"));
        await Idle.StartAsync(Cancellation);
        var waiting = Engine.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        await Engine.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        return (playbook, waiting);
    }
}
