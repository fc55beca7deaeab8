using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>The engine on a shared database.</summary>
public sealed class PostgresEngineTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resolve_Chain_GivesEveryOutput()
    {
        await using var host = await EngineHost.StartAsync(await server.NewDatabaseAsync());

        var states = await host.ResolveAsync(Playbooks.Chain(20));

        Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.All(await host.OutputsAsync(states), Assert.NotNull);
    }

    [Fact]
    public async Task Stop_WhileAJobRuns_LetsItEnd()
    {
        await using var host = await EngineHost.StartAsync(await server.NewDatabaseAsync());
        var playbook = await BeginAsync(host);

        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        host.Components.Gate.SetResult();
        await stopping.WaitAsync(EngineHost.Patience, Cancellation);

        Assert.NotNull((await ReadAsync(host, playbook)).Resolutions.GetValueOrDefault(playbook.Steps[1].Process.Id));
    }

    [Fact]
    public async Task Stop_WhileAJobRunsForLongerThanTheDrain_GivesItBack()
    {
        var time = FakeClock.New();
        await using var host = await EngineHost.StartAsync(await server.NewDatabaseAsync(), time: time);
        var playbook = await BeginAsync(host);

        var stopping = host.StopAsync();
        var began = time.GetUtcNow();
        while (!stopping.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(stopping, Task.Run(static () => Thread.Sleep(2)));
        }

        Assert.True(time.GetUtcNow() - began >= TimeSpan.FromSeconds(20));
        var job = (await ReadAsync(host, playbook)).Jobs[playbook.Steps[1].Process.Id];
        Assert.Equal((JobState.Queued, 0), (job.State, job.Attempt));
    }

    [Fact]
    public async Task Resolve_ManyThatEndAtOnce_AreTakenAheadAndAllEnd()
    {
        var url = await server.NewDatabaseAsync();
        await using var host = await EngineHost.StartAsync(url, workers: 2);

        var states = await host.ResolveAsync(Playbook.Of(Playbooks.Asks(2_000)));

        Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.Equal(2_000, host.Components.RunsOf("Ask"));
    }

    [Fact]
    public async Task Resolve_ManyAtOnce_AllEnd()
    {
        await using var host = await EngineHost.StartAsync(await server.NewDatabaseAsync());

        var ended = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => host.ResolveAsync(Playbooks.RandomPlaybook(new Random(i), 12))));

        Assert.All(ended.SelectMany(states => states), state => Assert.True(state.IsDone));
    }

    private static async Task<Playbook> BeginAsync(EngineHost host)
    {
        var playbook = await host.SaveAsync(Playbooks.Around("Gate"));
        await host.Engine.RequestAsync(playbook, Demand.Anonymous, Cancellation);
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        return playbook;
    }

    private static Task<QueueSnapshot> ReadAsync(EngineHost host, Playbook playbook) => host.Queue.ReadAsync([.. playbook.Steps.Select(step => step.Process.Id)], Cancellation);
}
