using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine.Workers;

public sealed class WorkerTests
{
    private readonly FakeTimeProvider _time = FakeClock.New();

    [Fact]
    public async Task Cancel_Queued_NeverRuns()
    {
        await using var host = await EngineHost.StartAsync(workers: 0);
        var playbook = await host.SaveAsync(Playbooks.Chain(3));
        var waiting = host.Engine.WaitAsync(playbook, Demand.Anonymous, CancellationToken.None);

        await host.Engine.CancelAsync(playbook, CancellationToken.None);
        var states = await waiting.WaitAsync(EngineHost.Patience);

        Assert.All(states, state => Assert.Equal(ProcessPhase.Failed, state.Phase));
        Assert.Equal(JobErrors.Cancelled.Value, (await host.OutputsAsync(states))[0]);
    }

    [Fact]
    public async Task Cancel_Running_StopsIt()
    {
        await using var host = await EngineHost.StartAsync();
        var (playbook, waiting) = await BeginAsync(host, "Gate");

        await host.Engine.CancelAsync(playbook, CancellationToken.None);
        var states = await waiting;

        Assert.Equal(JobErrors.Cancelled.Value, (await host.OutputsAsync(states))[1]);
        Assert.Equal(ProcessPhase.Failed, states[2].Phase);
    }

    [Fact]
    public async Task Cancel_BetweenClaimAndRun_IsNotLost()
    {
        await using var host = await EngineHost.StartAsync(workers: 0);
        var playbook = await host.SaveAsync(Playbooks.Around("Gate"));
        await host.Engine.RequestAsync(playbook, Demand.Anonymous, CancellationToken.None);
        var claim = await host.Queue.ClaimAsync(1, 1, CancellationToken.None);
        await host.Engine.CancelAsync(playbook, CancellationToken.None);

        var finish = await host.Runner.RunAsync(claim.Jobs[0], claim.Inputs, CancellationToken.None).WaitAsync(EngineHost.Patience);

        Assert.Equal(JobErrors.Cancelled.Id, Assert.IsType<JobFinish.Resolved>(finish).Output.Id);
    }

    [Fact]
    public async Task TimeLimit_Passed_IsAnErrorAndADeafResolverIsLeftAfterTheGrace()
    {
        await using var host = await EngineHost.StartAsync(time: _time);
        var (_, waiting) = await BeginAsync(host, "Deaf");

        Assert.False(host.Abandoned.Any.IsCompleted);
        await AdvanceUntilAsync(waiting, TimeSpan.FromSeconds(5));
        var states = await waiting;
        Assert.True(host.Abandoned.Any.IsCompleted);

        Assert.Equal("\"Deaf took longer than its limit of 30 seconds and was stopped.\"", (await host.OutputsAsync(states))[1]);
        Assert.InRange(_time.GetUtcNow() - FakeClock.New().GetUtcNow(), TimeSpan.FromSeconds(30) + JobRunner.Grace, TimeSpan.FromMinutes(10));
        Assert.All(await host.ResolveAsync(Playbooks.Chain(2, "later")), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task Transient_Twice_IsTriedAgainAndResolves()
    {
        await using var host = await EngineHost.StartAsync(time: _time);
        var (_, waiting) = await BeginAsync(host, "FailTwice");

        Assert.False(waiting.IsCompleted);
        await AdvanceUntilAsync(waiting, TimeSpan.FromMilliseconds(100));

        Assert.Equal("{\"value\":\"start!\"}", (await host.OutputsAsync(await waiting))[1]);
        Assert.Equal(3, host.Components.RunsOf("FailTwice"));
        Assert.True(_time.GetUtcNow() - FakeClock.New().GetUtcNow() >= TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Transient_Always_IsAnErrorThatIsTriedAgainWhenAskedLater()
    {
        await using var host = await EngineHost.StartAsync(time: _time);
        var playbook = Playbooks.Around("FailAlways");
        var waiting = host.ResolveAsync(playbook);
        await AdvanceUntilAsync(waiting, TimeSpan.FromSeconds(1));

        var states = await waiting;
        Assert.True(states[1].Resolution!.IsTransient);
        Assert.Equal(RetryPolicy.MostAttempts, host.Components.RunsOf("FailAlways"));
        await host.ResolveAsync(playbook);
        Assert.Equal(RetryPolicy.MostAttempts, host.Components.RunsOf("FailAlways"));

        _time.Advance(PlaybookEngine.TransientErrorLife + TimeSpan.FromSeconds(1));
        var again = host.ResolveAsync(playbook);
        await AdvanceUntilAsync(again, TimeSpan.FromSeconds(1));
        Assert.True(host.Components.RunsOf("FailAlways") > RetryPolicy.MostAttempts);
    }

    [Fact]
    public async Task Progress_ManyReports_ArriveThrottledWithTheLast()
    {
        await using var host = await EngineHost.StartAsync(time: _time);
        var playbook = Playbooks.Around("Tell");
        var reports = new ConcurrentQueue<ProgressReport>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = host.Signals.Subscribe([playbook.Steps[1].Process.Id], signal =>
        {
            if (signal.Progress is not { } progress) return;
            reports.Enqueue(progress);
            if (progress.IsWarning) last.TrySetResult();
        });
        var waiting = host.ResolveAsync(playbook);

        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience);
        await AdvanceUntilAsync(last.Task, ThrottledProgress.Interval);
        var running = (await host.Engine.ReadStatesAsync(playbook, CancellationToken.None))[1];
        host.Components.Gate.SetResult();
        await waiting;

        Assert.InRange(reports.Count, 2, 10);
        Assert.Equal(new ProgressReport(100, "almost", IsWarning: true), running.Progress);
        Assert.Null(host.Signals.ProgressOf(playbook.Steps[1].Process.Id));
    }

    [Fact]
    public async Task Stop_WhileAJobRuns_ReleasesItForTheNextStart()
    {
        using var folder = new TemporaryFolder();
        var url = $"file:{folder.Path}/playbook.db";
        Playbook playbook;
        await using (var host = await EngineHost.StartAsync(url))
        {
            (playbook, var waiting) = await BeginAsync(host, "Gate");
            await host.StopAsync();
            var job = (await host.Queue.ReadAsync([playbook.Steps[1].Process.Id], CancellationToken.None)).Jobs[playbook.Steps[1].Process.Id];
            Assert.Equal((JobState.Queued, 0), (job.State, job.Attempt));
        }

        await using var next = await EngineHost.StartAsync(url);
        next.Components.Gate.SetResult();
        Assert.All(await next.ResolveAsync(playbook), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task Start_JobsQueuedAndRunningInTheFile_AreResumedWithoutAsking()
    {
        using var folder = new TemporaryFolder();
        var url = $"file:{folder.Path}/playbook.db";
        var (running, queued) = (Playbooks.Chain(2, "running"), Playbooks.Chain(2, "queued"));
        await using (var host = await EngineHost.StartAsync(url, workers: 0))
        {
            foreach (var playbook in new[] { running, queued })
            {
                await host.SaveAsync(playbook);
                await host.Engine.RequestAsync(playbook, Demand.Anonymous, CancellationToken.None);
                if (playbook == running) await host.Queue.ClaimAsync(1, 1, CancellationToken.None);
            }
        }

        await using var next = await EngineHost.StartAsync(url);
        Assert.All(await next.ResolveAsync(queued), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.All(await next.ResolveAsync(running), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task FiftyWorkersAndFiftyClients_AtOnce_AllDone()
    {
        using var folder = new TemporaryFolder();
        await using var host = await EngineHost.StartAsync($"file:{folder.Path}/playbook.db", workers: 50);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(client => Task.Run(async () =>
        {
            var states = new List<ProcessState>();
            for (var i = 0; i < 10; i++) states.AddRange(await host.ResolveAsync(Playbooks.RandomPlaybook(new Random((client * 10) + i), 6)));
            return states;
        })));

        Assert.All(all.SelectMany(states => states), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    private static async Task<(Playbook Playbook, Task<ProcessState[]> Waiting)> BeginAsync(EngineHost host, string type)
    {
        var playbook = Playbooks.Around(type);
        var waiting = host.ResolveAsync(playbook);
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience);
        return (playbook, waiting);
    }

    // The workers' own timers are set on other threads, so the clock moves in small steps until what is waited for has happened.
    private async Task AdvanceUntilAsync(Task happened, TimeSpan step)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!happened.IsCompleted && patience.Elapsed < EngineHost.Patience)
        {
            _time.Advance(step);
            await Task.WhenAny(happened, Task.Run(static () => Thread.Sleep(2)));
        }

        await happened.WaitAsync(TimeSpan.FromSeconds(1));
    }
}
