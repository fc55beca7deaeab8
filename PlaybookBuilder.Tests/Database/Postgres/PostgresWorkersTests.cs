using Microsoft.Extensions.Options;
using Npgsql;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>Workers that lose what they hold while they work.</summary>
public sealed class PostgresWorkersTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LostLock_WhileAJobRuns_CostsNeitherTheRunNorADeath()
    {
        var url = await server.NewDatabaseAsync();
        await using var host = await EngineHost.StartAsync(url);
        var playbook = await host.SaveAsync(Playbooks.Around("Gate"));
        var ended = host.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        var before = await ReadAsync(url, "SELECT worker FROM job WHERE state = 2");

        await ReadAsync(url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2");
        await UntilAsync(async () => !Equals(before, await ReadAsync(url, "SELECT worker FROM job WHERE state = 2")));
        Assert.Equal(0, await ReadAsync(url, "SELECT deaths FROM job WHERE state = 2"));
        host.Components.Gate.SetResult();

        Assert.All(await ended.WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.Equal(0L, await ReadAsync(url, "SELECT count(*) FROM job"));
    }

    [Fact]
    public async Task BrokenListener_HearsAgainWhatItMissed()
    {
        var url = await server.NewDatabaseAsync();
        await using var host = await EngineHost.StartAsync(url);

        await ReadAsync(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'playbook-builder' AND datname = current_database()");

        Assert.All(await host.ResolveAsync(Playbooks.Chain(5)), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task ClaimThatNobodyHeardOf_GoesBackIntoTheQueue()
    {
        var url = await server.NewDatabaseAsync();
        await using var host = await EngineHost.StartAsync(url);
        await host.ResolveAsync(Playbooks.Chain(1, "first"));
        var number = await ReadAsync(url, "SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2");
        var playbook = await host.SaveAsync(Playbooks.Chain(1, "lost"));

        // As if the answer to a claim had been lost on its way.
        await ReadAsync(url, $"INSERT INTO job (process_id, state, attempt, deaths, is_batch, owner, turn, worker, created, started, is_cancel_requested) VALUES ('{playbook.Head.Process.Id}', 2, 1, 0, false, '', 1, {number}, now(), now(), false)");

        Assert.All(await host.Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation).WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
    }

    [Fact]
    public async Task FrozenWorker_WhoseJobIsOverdue_LosesItThoughItHoldsItsLock()
    {
        const int frozen = 1_000_000;
        var url = await server.NewDatabaseAsync();
        await using var holder = new NpgsqlConnection(PostgresUrl.ToSingle(url));
        await holder.OpenAsync(Cancellation);
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresLocks.Worker}, {frozen})", holder);
        await hold.ExecuteNonQueryAsync(Cancellation);
        await using var host = await EngineHost.StartAsync(url);
        var (overdue, inTime) = (await host.SaveAsync(Playbooks.Chain(1, "overdue")), await host.SaveAsync(Playbooks.Chain(1, "in time")));

        foreach (var (playbook, age) in new[] { (inTime, "1 second"), (overdue, "1 day") })
        {
            await ReadAsync(url, $"INSERT INTO job (process_id, state, attempt, deaths, is_batch, owner, turn, worker, created, started, is_cancel_requested) VALUES ('{playbook.Head.Process.Id}', 2, 1, 0, false, '', 1, {frozen}, now(), now() - interval '{age}', false)");
        }

        Assert.All(await host.Engine.WaitAsync(overdue, Demand.Anonymous, Cancellation).WaitAsync(EngineHost.Patience, Cancellation), state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.Equal(frozen, await ReadAsync(url, "SELECT worker FROM job"));
    }

    [Fact]
    public async Task Writers_OfTheSamePlaybook_AllSucceed()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var playbook = Playbooks.RandomPlaybook(new Random(5), 30);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => stores.Store.SaveAsync(playbook, Cancellation), Cancellation)));

        Assert.Equal(playbook.Id, (await stores.Store.FindAsync(playbook.Id, Cancellation))!.Id);
    }

    // Two inputs that end at once must not each leave their dependent to the other.
    [Fact]
    public async Task Join_WhoseInputsEndAtOnce_IsNeverForgotten()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        for (var round = 0; round < 30; round++)
        {
            var playbook = Playbook.Empty.Extend(Playbooks.Ask($"left {round}")).Extend(Playbooks.Ask($"right {round}"));
            playbook = playbook.Extend(Playbooks.Join(playbook.Steps[0].Process, playbook.Steps[1].Process));
            await stores.Store.SaveAsync(playbook, Cancellation);
            await stores.Queue.EnqueueAsync([.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))], Demand.Anonymous, null, Cancellation);
            var jobs = (await stores.Queue.ClaimAsync(1, 2, Cancellation)).Jobs;

            await Task.WhenAll(jobs.Select(job => Task.Run(() => stores.Queue.FinishAsync(1, [new JobFinish.Resolved(job, Datum.OfJson("Text", $"\"{job.ProcessId}\""), 1, TimeSpan.Zero)], 0, Cancellation), Cancellation)));

            var join = Assert.Single((await stores.Queue.ClaimAsync(1, 2, Cancellation)).Jobs);
            Assert.Equal(playbook.Head.Process.Id, join.ProcessId);
            await stores.Queue.FinishAsync(1, [new JobFinish.Resolved(join, Datum.OfJson("Text", "\"joined\""), 1, TimeSpan.Zero)], 0, Cancellation);
        }
    }

    // Asking for a dependent just when its input ends must not leave it waiting for what has happened already.
    [Fact]
    public async Task Enqueue_JustAsTheInputEnds_IsNeverForgotten()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        for (var round = 0; round < 30; round++)
        {
            var playbook = Playbooks.Chain(2, $"round {round}");
            await stores.Store.SaveAsync(playbook, Cancellation);
            JobRequest[] requests = [.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))];
            await stores.Queue.EnqueueAsync(requests[..1], Demand.Anonymous, null, Cancellation);
            var job = Assert.Single((await stores.Queue.ClaimAsync(1, 1, Cancellation)).Jobs);

            await Task.WhenAll(
                Task.Run(() => stores.Queue.FinishAsync(1, [new JobFinish.Resolved(job, Datum.OfJson("Text", $"\"{round}\""), 1, TimeSpan.Zero)], 0, Cancellation), Cancellation),
                Task.Run(() => stores.Queue.EnqueueAsync(requests, Demand.Anonymous, null, Cancellation), Cancellation));

            var dependent = Assert.Single((await stores.Queue.ClaimAsync(1, 2, Cancellation)).Jobs);
            Assert.Equal(playbook.Head.Process.Id, dependent.ProcessId);
            await stores.Queue.FinishAsync(1, [new JobFinish.Resolved(dependent, Datum.OfJson("Text", "\"end\""), 1, TimeSpan.Zero)], 0, Cancellation);
        }
    }

    [Fact]
    public async Task Check_BehindAPoolerInTransactionMode_IsRefused()
    {
        var url = await server.NewDatabaseAsync();
        await using var transactions = await PgBouncer.StartAsync(url, "transaction");
        await using var sessions = await PgBouncer.StartAsync(url, "session");

        Assert.Contains("transaction mode", (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => CheckAsync(transactions.Url))).Message, StringComparison.Ordinal);
        await CheckAsync(sessions.Url);
        await CheckAsync(url);
    }

    private static Task CheckAsync(string url) => new PostgresSessions(Options.Create(new DatabaseOptions { Url = url })).CheckAsync(Cancellation);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(EngineHost.Patience);
        while (!await holds()) limit.Token.ThrowIfCancellationRequested();
    }

    private static async Task<object?> ReadAsync(string url, string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url) + ";Application Name=test");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
