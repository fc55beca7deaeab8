using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine;

public sealed class PlaybookEngineTests
{
    [Fact]
    public async Task Wait_Chain_ResolvesEveryStep()
    {
        await using var host = await EngineHost.StartAsync();

        var states = await host.ResolveAsync(Playbooks.Chain(4, "Größe"));

        Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        string?[] expected = ["{\"value\":\"Größe\"}", "{\"value\":\"Größe+\"}", "{\"value\":\"Größe++\"}", "{\"value\":\"Größe+++\"}"];
        Assert.Equal(expected, await host.OutputsAsync(states));
    }

    [Fact]
    public async Task Wait_JoinOfMany_TakesThemInTheOrderOfTheirNumbers()
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = Playbook.Empty;
        for (var i = 0; i < 12; i++) playbook = playbook.Extend(Playbooks.Ask($"{i}"));
        playbook = playbook.Extend(Playbooks.Join([.. playbook.Steps.Select(step => step.Process)]));

        var states = await host.ResolveAsync(playbook);

        Assert.Equal("{\"value\":\"0,1,2,3,4,5,6,7,8,9,10,11\"}", (await host.OutputsAsync(states))[^1]);
    }

    [Fact]
    public async Task Wait_EmptyPlaybook_IsDone()
    {
        await using var host = await EngineHost.StartAsync();

        Assert.Empty(await host.ResolveAsync(Playbook.Empty));
    }

    [Fact]
    public async Task Wait_ErrorInAStep_BecomesTheErrorOfWhatStandsOnIt()
    {
        await using var host = await EngineHost.StartAsync();

        var states = await host.ResolveAsync(Playbooks.Around("Fail"));

        Assert.Equal([ProcessPhase.Resolved, ProcessPhase.Failed, ProcessPhase.Failed], states.Select(state => state.Phase));
        Assert.Equal("\"'start' is too short.\"", (await host.OutputsAsync(states))[1]);
        Assert.Equal("\"Copy can't run because of an error in Fail (step 2).\"", (await host.OutputsAsync(states))[2]);
        Assert.Equal(0, host.Components.RunsOf("Copy"));
    }

    [Fact]
    public async Task Wait_DefectInAComponent_IsAnErrorThatCanBeRead()
    {
        await using var host = await EngineHost.StartAsync();

        var states = await host.ResolveAsync(Playbooks.Around("Defect"));

        Assert.Equal("\"Defect failed unexpectedly: Something\uFFFDodd.\"", (await host.OutputsAsync(states))[1]);
    }

    [Fact]
    public async Task Wait_PromptWithoutAnswer_MakesItsDependentsWaitForInputToo()
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = Playbook.Empty.Extend(Playbooks.Ask(null));
        playbook = playbook.Extend(Playbooks.Copy(playbook.Head.Process)).Extend(Playbooks.Ask("answered"));

        var states = await host.ResolveAsync(playbook);

        Assert.Equal([ProcessPhase.WaitingForInput, ProcessPhase.WaitingForInput, ProcessPhase.Resolved], states.Select(state => state.Phase));
        Assert.Null((await host.OutputsAsync(states))[0]);
    }

    [Fact]
    public async Task Wait_UnknownType_IsUnavailableAndDone()
    {
        await using var host = await EngineHost.StartAsync();

        var states = await host.ResolveAsync(Playbooks.Around("NotHere"));

        Assert.Equal([ProcessPhase.Resolved, ProcessPhase.Unavailable, ProcessPhase.Failed], states.Select(state => state.Phase));
        Assert.Equal("\"The component 'NotHere' is not available here.\"", (await host.OutputsAsync(states))[1]);
    }

    [Fact]
    public async Task Wait_SharedSteps_RunOnce()
    {
        await using var host = await EngineHost.StartAsync();
        var start = Playbooks.Chain(2);

        await host.ResolveAsync(start);
        var states = await host.ResolveAsync(start.Extend(Playbooks.Copy(start.Head.Process)).WithMetadata(new PlaybookMetadata("Another")));

        Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.Equal(1, host.Components.RunsOf("Ask"));
        Assert.Equal(2, host.Components.RunsOf("Copy"));
    }

    [Fact]
    public async Task Wait_OneByManyClients_RunsItOnce()
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = await host.SaveAsync(Playbooks.Around("Gate"));

        var waits = Enumerable.Range(0, 20).Select(_ => host.ResolveAsync(playbook)).ToArray();
        host.Components.Gate.SetResult();
        var all = await Task.WhenAll(waits);

        Assert.All(all, states => Assert.All(states, state => Assert.True(state.IsDone)));
        Assert.Equal(1, host.Components.RunsOf("Gate"));
    }

    [Fact]
    public async Task Wait_EndsBetweenSubscribingAndReading_IsNotLost()
    {
        await using var host = await EngineHost.StartAsync();

        for (var i = 0; i < 300; i++)
        {
            var states = await host.ResolveAsync(Playbooks.Chain(2, $"quick {i}"));
            Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        }
    }

    [Fact]
    public async Task Recompute_Step_RunsItAndItsDependentsAgain()
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = Playbooks.Chain(3).Extend(Playbooks.Ask("other"));
        await host.ResolveAsync(playbook);

        var same = await host.Engine.RecomputeAsync(playbook, 1, CancellationToken.None);

        Assert.Equal(playbook.Id, same.Id);
        Assert.Equal(
            [ProcessPhase.Resolved, ProcessPhase.Unresolved, ProcessPhase.Unresolved, ProcessPhase.Resolved],
            (await host.Engine.ReadStatesAsync(same, CancellationToken.None)).Select(state => state.Phase));
        await host.ResolveAsync(same);
        Assert.Equal((2, 4), (host.Components.RunsOf("Ask"), host.Components.RunsOf("Copy")));
    }

    [Fact]
    public async Task Recompute_FrozenStep_GivesAPlaybookWithoutFrozenSteps()
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = Playbook.Empty.Extend(Playbooks.Ask("a"));
        playbook = playbook.Extend(new Process("Copy", null, [new ProcessInput("text", null, playbook.Head.Process.Id)], DateTimeOffset.UnixEpoch));
        playbook = playbook.Extend(new Process("Copy", null, [new ProcessInput("text", null, playbook.Head.Process.Id)], DateTimeOffset.UnixEpoch));
        await host.ResolveAsync(playbook);

        var thawed = await host.Engine.RecomputeAsync(playbook, 0, CancellationToken.None);

        Assert.All(thawed.Steps, step => Assert.Null(step.Process.Timestamp));
        Assert.Equal(thawed.Id, (await host.Store.FindAsync(thawed.Id, CancellationToken.None))!.Id);
        Assert.All(await host.Engine.ReadStatesAsync(playbook, CancellationToken.None), (state, i) => Assert.Equal(i == 0 ? ProcessPhase.Unresolved : ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task Wait_ResultTakenBackMeanwhile_IsComputedAgain()
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = Playbooks.Around("Gate");
        var waiting = host.ResolveAsync(playbook);
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience);

        await host.Engine.RecomputeAsync(playbook, 0, CancellationToken.None);
        host.Components.Gate.SetResult();

        Assert.All(await waiting, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task Wait_InputTakenBackWhileItsDependentIsQueued_AsksForItAtOnce()
    {
        await using var host = await EngineHost.StartAsync(workers: 1);
        await host.ResolveAsync(Playbooks.Chain(1));
        var busy = host.ResolveAsync(Playbooks.Around("Gate", "another"));
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience);
        var playbook = Playbooks.Chain(2);
        var waiting = host.ResolveAsync(playbook);
        while ((await host.Engine.ReadStatesAsync(playbook, CancellationToken.None))[1].Phase != ProcessPhase.Queued) await Task.Yield();

        await host.Engine.RecomputeAsync(Playbooks.Chain(1), 0, CancellationToken.None);
        host.Components.Gate.SetResult();

        // Sooner than by looking again in case that a signal was lost.
        Assert.All(await waiting.WaitAsync(TimeSpan.FromSeconds(10)), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        await busy;
    }

    [Fact]
    public async Task Get_Unknown_IsNotFound()
    {
        await using var host = await EngineHost.StartAsync(workers: 0);

        Assert.Equal(WorkflowProblem.NotFound, (await Assert.ThrowsAsync<WorkflowException>(() => host.Engine.GetAsync(Guid.NewGuid(), CancellationToken.None))).Problem);
        Assert.Equal(WorkflowProblem.NotFound, (await Assert.ThrowsAsync<WorkflowException>(() => host.Engine.GetLineageAsync(Guid.NewGuid(), CancellationToken.None))).Problem);
    }

    [Fact]
    public async Task Watch_ARun_GivesItsStatesUntilTheEnd()
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = await host.SaveAsync(Playbooks.Chain(3));
        await host.Engine.RequestAsync(playbook, Demand.Anonymous, CancellationToken.None);
        using var patience = new CancellationTokenSource(EngineHost.Patience);

        await foreach (var states in host.Engine.WatchAsync(playbook, TimeSpan.FromMilliseconds(1), patience.Token))
        {
            if (states.All(state => state.IsDone)) return;
        }

        Assert.Fail("The watch ended before the run.");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(200)]
    public async Task Queries_OfEveryRead_AreAsManyForAnyLength(int steps)
    {
        await using var host = await EngineHost.StartAsync();
        var playbook = Playbooks.Chain(steps);
        var states = await host.ResolveAsync(playbook);

        Assert.Equal(4, await CountAsync(host, () => host.Store.FindAsync(playbook.Id, CancellationToken.None)));
        Assert.Equal(4, await CountAsync(host, () => host.Store.FindLineageAsync(playbook.Head.Process.Id, CancellationToken.None)));
        Assert.Equal(4, await CountAsync(host, () => host.Engine.ReadStatesAsync(playbook, CancellationToken.None)));
        Assert.Equal(4, await CountAsync(host, () => host.Engine.WaitAsync(playbook, Demand.Anonymous, CancellationToken.None)));
        Assert.Equal(3, await CountAsync(host, () => host.Engine.ReadOutputsAsync(states, CancellationToken.None)));
    }

    // BEGIN and COMMIT of the snapshot among them.
    private static async Task<int> CountAsync(EngineHost host, Func<Task> read)
    {
        var count = 0;
        void Count(string sql) => Interlocked.Increment(ref count);
        host.Database.StatementStarting += Count;
        await read();
        host.Database.StatementStarting -= Count;
        return count;
    }
}
