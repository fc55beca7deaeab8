using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>A large batch beside somebody who sits and waits.</summary>
public sealed class PostgresFairnessTests(PostgresServer server)
{
    private const int BatchJobs = 10_000;
    private const int JobsAPlaybook = 500;
    private const int Steps = 5;

    // Of the batch a worker ends what it has begun when an interactive step becomes runnable: a few claims a step, not the batch.
    private const int MostBetween = BatchJobs / 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interactive_BesideABatchOfTenThousand_IsDoneBeforeATenthOfIt()
    {
        var url = await server.NewDatabaseAsync();
        await using var stores = PostgresStores.Of(url);
        await using var session = await PostgresSession.OpenAsync(url);
        for (var batch = 0; batch < BatchJobs / JobsAPlaybook; batch++)
        {
            var playbook = Playbook.Empty;
            for (var step = 0; step < JobsAPlaybook; step++) playbook = playbook.Extend(Playbooks.Ask($"batch {batch}, {step}"));
            await stores.Store.SaveAsync(playbook, Cancellation);
            await stores.Queue.EnqueueAsync([.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, 1))], new Demand("the batch's owner", IsBatch: true), null, Cancellation);
        }

        await using var host = await EngineHost.StartAsync(url);
        await session.UntilAsync("SELECT EXISTS (SELECT 1 FROM resolution)");
        var before = await session.ReadAsync<long>("SELECT count(*) FROM resolution");
        var states = await host.ResolveAsync(Playbooks.Chain(Steps, "interactive"));
        var between = await session.ReadAsync<long>("SELECT count(*) FROM resolution") - before - Steps;

        Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.True(between < MostBetween, $"{between} jobs of the batch were done before {Steps} steps of somebody who waits.");
        await session.UntilAsync($"SELECT count(*) = {BatchJobs + Steps} FROM resolution");
    }
}
