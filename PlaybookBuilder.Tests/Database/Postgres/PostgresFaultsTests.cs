using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>Faults at chosen points of a run. That nothing is finished twice is counted in the database itself.</summary>
public sealed class PostgresFaultsTests(PostgresServer server)
{
    private const string IsRunning = "SELECT EXISTS (SELECT 1 FROM job WHERE state = 2)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Death_BetweenTheEndOfTheRunAndItsFinish_RunsItAgainElsewhereAndOnce()
    {
        const int dying = 1_000_000;
        var url = await server.NewDatabaseAsync();
        await using var session = await LoggedAsync(url);
        await using var stores = PostgresStores.Of(url);
        var playbook = Playbooks.Chain(2);
        await stores.Store.SaveAsync(playbook, Cancellation);
        await stores.Queue.EnqueueAsync(RequestsOf(playbook), Demand.Anonymous, null, Cancellation);
        ClaimedJob job;
        await using (var hold = await PostgresSession.OpenAsync(url))
        {
            await hold.ExecuteAsync($"SELECT pg_advisory_lock({PostgresLocks.Worker}, {dying})");
            job = Assert.Single((await stores.Queue.ClaimAsync(dying, 1, Cancellation)).Jobs);
        }

        // The worker is gone; what it computed is on its way nonetheless, and comes when others have done it again.
        await using var host = await EngineHost.StartAsync(url);
        var states = await host.ResolveAsync(playbook);
        var late = await stores.Queue.FinishAsync(dying, [ResultOf(job, "late")], 0, Cancellation);

        Assert.Empty(late.Finished);
        Assert.Equal("{\"value\":\"start\"}", (await host.OutputsAsync(states))[0]);
        Assert.Equal((2L, 2L), await FinishLog.ReadAsync(session.Connection));
    }

    [Fact]
    public async Task Finish_WhoseConnectionTheServerKillsInTheMiddle_CountsOnce()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await LoggedAsync(url);
        await using var host = await EngineHost.StartAsync(url);
        var playbook = await host.SaveAsync(Playbooks.Around("Gate"));
        var ended = host.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        // The result is stored by then, and the transaction waits for the dependent.
        await using var holder = await PostgresSession.OpenAsync(url);
        await using (var transaction = await holder.Connection.BeginTransactionAsync(Cancellation))
        {
            await holder.ExecuteAsync("SELECT 1 FROM job WHERE state = 0 FOR UPDATE");
            host.Components.Gate.SetResult();
            await session.UntilAsync($"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE {holder.Connection.ProcessID} = ANY(pg_blocking_pids(pid)))");
            Assert.Equal(1, await session.ReadAsync<long>($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {holder.Connection.ProcessID} = ANY(pg_blocking_pids(pid))"));
        }

        Assert.All(await ended.WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.Equal(1, host.Components.RunsOf("Gate"));
        Assert.Equal((3L, 3L), await FinishLog.ReadAsync(session.Connection));
    }

    // The finish is kept, but its worker does not hear of it, and with it loses the job that it took in the same exchange.
    [Fact]
    public async Task Finish_WhoseAnswerGetsLost_CountsOnceAndNobodyWaitsForThePoll()
    {
        var url = await server.NewDatabaseAsync();
        await using var session = await LoggedAsync(url);
        await session.ExecuteAsync($"LISTEN {PostgresMessages.Channel}");
        await using var relay = new TcpRelay(new Uri(url).Port);
        await using var host = await EngineHost.StartAsync(new UriBuilder(url) { Port = relay.Port }.Uri.ToString(), time: new StillPolls());
        var playbook = await host.SaveAsync(Playbooks.Around("Gate"));
        var ended = host.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        // What it has to tell of the start is told, so that no more is under way.
        await session.UntilHeardAsync(payload => payload.Contains(playbook.Steps[1].Process.Id.ToString(), StringComparison.Ordinal));

        relay.HoldAnswers();
        host.Components.Gate.SetResult();
        await session.UntilAsync("SELECT count(*) = 2 FROM resolution", () => relay.HasAnswers);
        relay.LoseAnswers();

        Assert.All(await ended.WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.Equal(1, host.Components.RunsOf("Gate"));
        Assert.Equal((3L, 3L), await FinishLog.ReadAsync(session.Connection));
    }

    [Fact]
    public async Task Queue_WhosePostgresIsAway_AnswersOnceItIsBack()
    {
        await using var postgres = await StartPostgresAsync();
        var url = postgres.UrlOf("postgres");
        await using var stores = PostgresStores.Of(url);
        var (finishing, orphaned, claimable) = (Playbooks.Chain(1, "finishing"), Playbooks.Chain(1, "orphaned"), Playbooks.Chain(1, "claimable"));
        foreach (var playbook in new[] { finishing, orphaned, claimable })
        {
            await stores.Store.SaveAsync(playbook, Cancellation);
            await stores.Queue.EnqueueAsync(RequestsOf(playbook), Demand.Anonymous, null, Cancellation);
        }

        var (own, other) = (Assert.Single((await stores.Queue.ClaimAsync(1, 1, Cancellation)).Jobs), Assert.Single((await stores.Queue.ClaimAsync(2, 1, Cancellation)).Jobs));
        await postgres.StopAsync("immediate");
        var finish = stores.Queue.FinishAsync(1, [ResultOf(own, "kept")], 0, Cancellation);
        var claim = stores.Queue.ClaimAsync(3, 1, Cancellation);
        var rescue = stores.Queue.RescueAsync(static _ => Task.FromResult<IReadOnlySet<int>>(new HashSet<int> { 1, 3 }), Cancellation);
        Assert.False(finish.IsCompleted || claim.IsCompleted || rescue.IsCompleted);
        await postgres.StartAsync();

        Assert.Equal(own.ProcessId, Assert.Single((await finish.WaitAsync(EngineHost.Patience, Cancellation)).Finished));
        Assert.Equal(other.ProcessId, Assert.Single(await rescue.WaitAsync(EngineHost.Patience, Cancellation)));
        Assert.Equal(claimable.Head.Process.Id, Assert.Single((await claim.WaitAsync(EngineHost.Patience, Cancellation)).Jobs).ProcessId);
    }

    [Fact]
    public async Task Worker_WhosePostgresRestartsUnderIt_KeepsWhatItRanAndGoesOn()
    {
        await using var postgres = await StartPostgresAsync();
        var url = postgres.UrlOf("postgres");
        await using var host = await EngineHost.StartAsync(url);
        var playbook = await host.SaveAsync(Playbooks.Around("Gate"));
        var ended = host.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        await using (var session = await LoggedAsync(url)) await session.UntilAsync(IsRunning);

        await postgres.StopAsync("immediate");
        host.Components.Gate.SetResult();
        await postgres.StartAsync();

        Assert.All(await ended.WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.Equal(1, host.Components.RunsOf("Gate"));
        await using var after = await PostgresSession.OpenAsync(url);
        var (finishes, processes) = await FinishLog.ReadAsync(after.Connection);
        Assert.Equal(processes, finishes);
        Assert.All(await host.ResolveAsync(Playbooks.Chain(3, "afterwards")), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    private static JobRequest[] RequestsOf(Playbook playbook) => [.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))];

    private static JobFinish.Resolved ResultOf(ClaimedJob job, string text) => new(job, Datum.OfJson("Text", $"\"{text}\""), 1, TimeSpan.Zero);

    private static async Task<PostgresSession> LoggedAsync(string url)
    {
        var session = await PostgresSession.OpenAsync(url);
        await FinishLog.BeginAsync(session.Connection);
        return session;
    }

    private static async Task<PostgresServerProcess> StartPostgresAsync()
    {
        var binaries = PostgresServerProcess.FindBinaries();
        Assert.SkipWhen(binaries is null, "PostgreSQL is not installed; ./test installs it where it can.");
        var postgres = await PostgresServerProcess.StartAsync(binaries);
        await PostgresServer.MigrateAsync(postgres.UrlOf("postgres"));
        return postgres;
    }

    /// <summary>The real clock, but whoever wants to wait for as long as the slow polls do waits for good.</summary>
    private sealed class StillPolls : TimeProvider
    {
        private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(14);
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(21);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > Shortest && dueTime < Longest ? Timeout.InfiniteTimeSpan : dueTime, period);
    }
}
