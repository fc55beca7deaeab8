using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>Notifications that get lost. Programs whose clock stands still look at nothing again by themselves: whatever they do, they were told to.</summary>
public sealed class PostgresSignalsTests(PostgresServer server)
{
    // As long as the longest that anybody waits before looking again.
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(20);

    // A connection that broke is opened again after less than this.
    private static readonly TimeSpan Reconnecting = TimeSpan.FromMilliseconds(80);

    // Together far less than anybody waits before looking again.
    private const int MostSteps = 100;

    private readonly FakeTimeProvider _time = FakeClock.New();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_ThatNobodyTold_IsFoundByTheSlowPoll()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await PostgresSession.OpenAsync(url);
        await using var worker = await EngineHost.StartAsync(url, time: _time);
        await worker.ResolveAsync(Playbooks.Chain(1, "awake"));
        await using var stores = PostgresStores.Of(url);
        var playbook = Playbooks.Chain(3, "untold");
        await stores.Store.SaveAsync(playbook, Cancellation);

        await stores.Queue.EnqueueAsync([.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))], Demand.Anonymous, null, Cancellation);
        await AdvanceUntilAsync(session, SlowPoll, "SELECT count(*) = 4 FROM resolution");
    }

    [Fact]
    public async Task Result_ThatNobodyTold_IsFoundByTheSlowPoll()
    {
        var url = await server.NewDatabaseAsync();
        await using var replica = await EngineHost.StartAsync(url, workers: 0, time: _time);
        await using var stores = PostgresStores.Of(url);
        var playbook = await replica.SaveAsync(Playbooks.Chain(1, "untold"));
        var waiting = replica.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        await using var session = await PostgresSession.OpenAsync(url);
        await session.UntilAsync("SELECT EXISTS (SELECT 1 FROM job WHERE state = 1)");

        await FinishAsync(stores, await ClaimAsync(stores));
        await AdvanceUntilAsync(session, SlowPoll, "SELECT true", () => waiting.IsCompleted);

        Assert.All(await waiting, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task Work_ToldWhileTheWorkerDidNotListen_IsTakenAsSoonAsItListensAgain()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await PostgresSession.OpenAsync(url);
        await using var worker = await EngineHost.StartAsync(url, time: _time);
        await worker.ResolveAsync(Playbooks.Chain(1, "awake"));
        // Its clock stands still, so it does not open the connection again yet.
        Assert.Equal(1, await session.ReadAsync<long>(PostgresSession.TerminateListeners));
        await session.ExecuteAsync($"LISTEN {PostgresMessages.Channel}");
        await using var replica = await EngineHost.StartAsync(url, workers: 0);
        var playbook = await replica.SaveAsync(Playbooks.Chain(3, "told to nobody"));
        var waiting = replica.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        await session.UntilHeardAsync(static payload => payload == PostgresMessages.Work);

        Assert.True(await session.ReadAsync<bool>("SELECT EXISTS (SELECT 1 FROM job WHERE state = 1)"));
        await AdvanceUntilAsync(session, Reconnecting, PostgresSession.BothListen);

        Assert.All(await waiting.WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task Result_ToldWhileTheReplicaDidNotListen_IsSeenAsSoonAsItListensAgain()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await PostgresSession.OpenAsync(url);
        await using var replica = await EngineHost.StartAsync(url, workers: 0, time: _time);
        await session.UntilAsync(PostgresSession.OneListens);
        var playbook = await replica.SaveAsync(Playbooks.Chain(3, "told to nobody"));
        var waiting = replica.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        Assert.Equal(1, await session.ReadAsync<long>(PostgresSession.TerminateListeners));
        await using var worker = await EngineHost.StartAsync(url);
        await session.UntilAsync("SELECT count(*) = 3 FROM resolution");

        Assert.False(waiting.IsCompleted);
        await AdvanceUntilAsync(session, Reconnecting, PostgresSession.BothListen);

        Assert.All(await waiting.WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task Notifier_WhoseConnectionBroke_TellsWhatItHadToTell()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await PostgresSession.OpenAsync(url);
        await using var replica = await EngineHost.StartAsync(url, workers: 0);
        await session.UntilAsync("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SET synchronous_commit%')");
        // Before the worker, which has a notifier too.
        Assert.Equal(1, await session.ReadAsync<long>(PostgresSession.TerminateNotifiers));
        await using var worker = await EngineHost.StartAsync(url, time: _time);
        await worker.ResolveAsync(Playbooks.Chain(1, "awake"));

        Assert.All(await replica.ResolveAsync(Playbooks.Chain(3, "told late")), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    private static async Task<ClaimedJob> ClaimAsync(PostgresStores stores) => Assert.Single((await stores.Queue.ClaimAsync(1, 1, Cancellation)).Jobs);

    private static Task<FinishOutcome> FinishAsync(PostgresStores stores, ClaimedJob job) =>
        stores.Queue.FinishAsync(1, [new JobFinish.Resolved(job, Datum.OfJson("Text", "\"told to nobody\""), 1, TimeSpan.Zero)], 0, Cancellation);

    // Whoever is not waiting yet when the clock moves is moved by the next step.
    private async Task AdvanceUntilAsync(PostgresSession session, TimeSpan step, string sql, Func<bool>? holds = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(EngineHost.Patience);
        for (var steps = 0; !await session.ReadAsync<bool>(sql) || holds?.Invoke() == false; steps++)
        {
            if (limit.IsCancellationRequested) Assert.Fail($"It did not come to be that: {sql}");
            if (steps < MostSteps) _time.Advance(step);
        }
    }
}
