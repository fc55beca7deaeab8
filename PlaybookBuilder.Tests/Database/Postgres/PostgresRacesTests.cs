using Npgsql;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>Programs that do things to the same rows at once. Each clause of a lock or fence in the statements has a test here, or in the suites, that fails without it.</summary>
public sealed class PostgresRacesTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_WhileAnotherHasTheFirst_TakesTheNextWithoutWaiting()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var (first, second) = (await AskedAsync(stores, "first"), await AskedAsync(stores, "second"));
        await using var other = await HeldTransaction.BeginAsync(stores.Url, $"SELECT 1 FROM job WHERE process_id = '{first}' FOR NO KEY UPDATE");

        var claim = await stores.Queue.ClaimAsync(1, 1, Cancellation).WaitAsync(EngineHost.Patience, Cancellation);

        Assert.Equal(second, Assert.Single(claim.Jobs).ProcessId);
    }

    [Fact]
    public async Task Claim_OfASuspectWhileAnotherHasIt_TakesNothingAndDoesNotWait()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var suspect = await AskedAsync(stores, "suspect");
        await ReadAsync(stores, "UPDATE job SET deaths = 1");
        await using var other = await HeldTransaction.BeginAsync(stores.Url, $"SELECT 1 FROM job WHERE process_id = '{suspect}' FOR NO KEY UPDATE");

        Assert.Empty((await stores.Queue.ClaimAsync(1, 1, Cancellation).WaitAsync(EngineHost.Patience, Cancellation)).Jobs);
    }

    [Fact]
    public async Task Claim_ByManyAtOnce_GivesEachJobOnce()
    {
        const int jobs = 400;
        await using var stores = await PostgresStores.OpenAsync(server);
        await using var others = PostgresStores.Of(stores.Url);
        await stores.Store.SaveAsync(Prompts(jobs), Cancellation);
        await stores.Queue.EnqueueAsync([.. Prompts(jobs).Steps.Select(step => new JobRequest(step.Process.Id, 1))], Demand.Anonymous, null, Cancellation);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => ClaimAllAsync(worker % 2 == 0 ? stores : others, worker), Cancellation)));

        Assert.Equal(jobs, claimed.SelectMany(claims => claims).Select(job => job.ProcessId).Distinct().Count());
        Assert.All(claimed.SelectMany(claims => claims), job => Assert.Equal(1, job.Attempt));
        Assert.Equal(jobs, claimed.Sum(claims => claims.Count));
    }

    [Fact]
    public async Task Finish_OfTheOtherInputWhileOneIsEnding_QueuesWhatStandsOnBoth()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var playbook = Playbook.Empty.Extend(Playbooks.Ask("left")).Extend(Playbooks.Ask("right"));
        playbook = playbook.Extend(Playbooks.Join(playbook.Steps[0].Process, playbook.Steps[1].Process));
        await AskedAsync(stores, playbook);
        var jobs = (await stores.Queue.ClaimAsync(1, 2, Cancellation)).Jobs;
        var (left, right) = (jobs.Single(job => job.ProcessId == playbook.Steps[0].Process.Id), jobs.Single(job => job.ProcessId == playbook.Steps[1].Process.Id));
        await using var ending = await HeldTransaction.BeginAsync(stores.Url, EndOf(left, playbook.Head.Process.Id));

        var finishing = stores.Queue.FinishAsync(1, [Success(right)], 0, Cancellation);
        await ending.UntilWaitedForAsync(finishing);
        await ending.CommitAsync();

        Assert.Equal(playbook.Head.Process.Id, Assert.Single((await finishing.WaitAsync(EngineHost.Patience, Cancellation)).Queued));
    }

    [Fact]
    public async Task Enqueue_WhileTheInputIsEnding_QueuesTheDependent()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var playbook = Playbooks.Chain(2, "input");
        await stores.Store.SaveAsync(playbook, Cancellation);
        JobRequest[] requests = [.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))];
        await stores.Queue.EnqueueAsync(requests[..1], Demand.Anonymous, null, Cancellation);
        var input = Assert.Single((await stores.Queue.ClaimAsync(1, 1, Cancellation)).Jobs);
        await using var ending = await HeldTransaction.BeginAsync(stores.Url, EndOf(input, Guid.Empty));

        var enqueueing = stores.Queue.EnqueueAsync(requests, Demand.Anonymous, null, Cancellation);
        await ending.UntilWaitedForAsync(enqueueing);
        await ending.CommitAsync();

        var job = Assert.Single(await enqueueing.WaitAsync(EngineHost.Patience, Cancellation));
        Assert.Equal((playbook.Head.Process.Id, JobState.Queued), (job.ProcessId, job.State));
    }

    [Fact]
    public async Task Cancel_WhileAWorkerTakesTheJob_LeavesItToTheWorker()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        var id = await AskedAsync(stores, "taken");
        await using var taking = await HeldTransaction.BeginAsync(stores.Url, $"UPDATE job SET state = 2, worker = 1, attempt = 1, started = now() WHERE process_id = '{id}'");

        var cancelling = stores.Queue.CancelAsync([id], Cancellation);
        await taking.UntilWaitedForAsync(cancelling);
        await taking.CommitAsync();

        var outcome = await cancelling.WaitAsync(EngineHost.Patience, Cancellation);
        Assert.Equal(id, Assert.Single(outcome.Running));
        Assert.Empty(outcome.Ended);
        Assert.True((await stores.Queue.ReadAsync([id], Cancellation)).Jobs[id].IsCancelRequested);
    }

    [Fact]
    public async Task Rescue_WhileTheRunEndsAfterAll_PassesItOver()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        await AskedAsync(stores, "late");
        var job = Assert.Single((await stores.Queue.ClaimAsync(1, 1, Cancellation)).Jobs);
        await using var ending = await HeldTransaction.BeginAsync(stores.Url, EndOf(job, Guid.Empty));

        Assert.Empty(await RescueAsync(stores).WaitAsync(EngineHost.Patience, Cancellation));

        await ending.CommitAsync();
        Assert.Empty((await stores.Queue.ReadAsync([job.ProcessId], Cancellation)).Jobs);
    }

    [Fact]
    public async Task Rescue_ByTwoAtOnce_CountsOneDeath()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        await using var others = PostgresStores.Of(stores.Url);
        for (var round = 0; round < 20; round++)
        {
            await AskedAsync(stores, $"round {round}");
            var job = Assert.Single((await stores.Queue.ClaimAsync(1, 1, Cancellation)).Jobs);

            var rescued = await Task.WhenAll(new[] { stores, others, stores, others }.Select(each => Task.Run(() => RescueAsync(each), Cancellation)));

            Assert.Equal(job.ProcessId, Assert.Single(rescued.SelectMany(ids => ids)));
            Assert.Equal(1, await ReadAsync(stores, $"DELETE FROM job WHERE process_id = '{job.ProcessId}' RETURNING deaths"));
        }
    }

    [Fact]
    public async Task Finish_OfARunThatWentToAnother_ChangesNothing()
    {
        await using var stores = await PostgresStores.OpenAsync(server);
        await AskedAsync(stores, "handed over");
        var former = Assert.Single((await stores.Queue.ClaimAsync(1, 1, Cancellation)).Jobs);
        await RescueAsync(stores);
        await ReadAsync(stores, "UPDATE job SET deaths = 0");
        var present = Assert.Single((await stores.Queue.ClaimAsync(2, 1, Cancellation)).Jobs);

        // As another worker, as another attempt of the same worker, and as one that never was.
        ClaimedJob[] impostors = [former, former with { Worker = 2 }, present with { Worker = 1 }];
        foreach (var impostor in impostors)
        {
            JobFinish[] ends = [Success(impostor), new JobFinish.Retry(impostor, TimeSpan.Zero), new JobFinish.Released(impostor)];
            foreach (var end in ends) Assert.Empty((await stores.Queue.FinishAsync(impostor.Worker, [end], 0, Cancellation)).Finished);
        }

        Assert.Equal(JobState.Running, (await stores.Queue.ReadAsync([present.ProcessId], Cancellation)).Jobs[present.ProcessId].State);
        Assert.Equal(present.ProcessId, Assert.Single((await stores.Queue.FinishAsync(2, [Success(present)], 0, Cancellation)).Finished));
    }

    // The same rows in opposite orders: whoever wrote them as they come would hold what the other waits for.
    [Fact]
    public async Task Save_OfTheSameProcessesByTwoPrograms_NeverDeadlocks()
    {
        var url = await server.NewDatabaseAsync();
        await using (var stores = PostgresStores.Of(url))
        await using (var others = PostgresStores.Of(url))
        {
            for (var round = 0; round < 10; round++)
            {
                Process[] processes = [.. Enumerable.Range(0, 300).Select(i => Playbooks.Ask($"{round} {i}"))];
                var (there, back) = (Of(processes), Of(processes.Reverse()));

                await Task.WhenAll(new[] { (stores, there), (others, back), (stores, back), (others, there) }.Select(save => Task.Run(() => save.Item1.Store.SaveAsync(save.Item2, Cancellation), Cancellation)));

                Assert.Equal(there.Id, (await stores.Store.FindAsync(there.Id, Cancellation))!.Id);
                Assert.Equal(back.Id, (await others.Store.FindAsync(back.Id, Cancellation))!.Id);
            }
        }

        Assert.Equal(0, await PostgresDeadlocks.CountAsync(url));
    }

    [Fact]
    public async Task Enqueue_AndCancelOfTheSameByTwoPrograms_NeverDeadlock()
    {
        var url = await server.NewDatabaseAsync();
        await using (var stores = PostgresStores.Of(url))
        await using (var others = PostgresStores.Of(url))
        {
            var playbook = Prompts(200);
            await stores.Store.SaveAsync(playbook, Cancellation);
            JobRequest[] there = [.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))];
            JobRequest[] back = [.. there.Reverse()];
            for (var round = 0; round < 10; round++)
            {
                await Task.WhenAll(new[] { (stores, there), (others, back) }.Select(each => Task.Run(() => each.Item1.Queue.EnqueueAsync(each.Item2, Demand.Anonymous, null, Cancellation), Cancellation)));
                await Task.WhenAll(new[] { (stores, there), (others, back) }.Select(each => Task.Run(() => each.Item1.Queue.CancelAsync([.. each.Item2.Select(request => request.ProcessId)], Cancellation), Cancellation)));
                await stores.Queue.InvalidateAsync([.. there.Select(request => request.ProcessId)], Cancellation);
            }
        }

        Assert.Equal(0, await PostgresDeadlocks.CountAsync(url));
    }

    private static Playbook Of(IEnumerable<Process> processes) => processes.Aggregate(Playbook.Empty, static (playbook, process) => playbook.Extend(process));

    private static Playbook Prompts(int count) => Of(Enumerable.Range(0, count).Select(i => Playbooks.Ask($"prompt {i}")));

    private static async Task<Guid> AskedAsync(PostgresStores stores, string text) => (await AskedAsync(stores, Playbooks.Chain(1, text))).Head.Process.Id;

    private static async Task<Playbook> AskedAsync(PostgresStores stores, Playbook playbook)
    {
        await stores.Store.SaveAsync(playbook, Cancellation);
        await stores.Queue.EnqueueAsync([.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))], Demand.Anonymous, null, Cancellation);
        return playbook;
    }

    private static async Task<List<ClaimedJob>> ClaimAllAsync(PostgresStores stores, int worker)
    {
        var claimed = new List<ClaimedJob>();
        while (await stores.Queue.ClaimAsync(worker, 3, Cancellation) is { Jobs.Count: > 0 } claim) claimed.AddRange(claim.Jobs);
        return claimed;
    }

    private static JobFinish.Resolved Success(ClaimedJob job) => new(job, Datum.OfJson("Text", $"\"of {job.ProcessId}\""), 1, TimeSpan.Zero);

    // What another program's finish has done before it commits.
    private static string EndOf(ClaimedJob job, Guid dependent) => $"""
        INSERT INTO data (id, type, value) VALUES (gen_random_uuid(), 'Text', '"other"');
        DELETE FROM job WHERE process_id = '{job.ProcessId}';
        INSERT INTO resolution (process_id, data_id, version, created, duration_ms, is_transient) SELECT '{job.ProcessId}', id, 1, now(), 0, false FROM data WHERE value = '"other"';
        SELECT 1 FROM job WHERE process_id = '{dependent}' FOR UPDATE
        """;

    private static Task<IReadOnlyList<Guid>> RescueAsync(PostgresStores stores) => stores.Queue.RescueAsync(static _ => Task.FromResult<IReadOnlySet<int>>(new HashSet<int>()), Cancellation);

    private static async Task<object?> ReadAsync(PostgresStores stores, string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(stores.Url));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
