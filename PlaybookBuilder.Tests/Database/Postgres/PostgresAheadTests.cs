using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>Jobs that a worker takes before it has a slot for them.</summary>
public sealed class PostgresAheadTests(PostgresServer server) : IAsyncLifetime
{
    private const int Worker = 7;
    private const int Another = 8;

    private PostgresStores _stores = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IJobQueue Queue => _stores.Queue;

    public async ValueTask InitializeAsync() => _stores = await PostgresStores.OpenAsync(server);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Claim_Ahead_IsTheNextInOrder()
    {
        var asked = await AskAsync(6);

        var claim = await Queue.ClaimAsync(Worker, new Take(2, 3), Cancellation);

        Assert.Equal(asked[..2], claim.Jobs.Select(job => job.ProcessId));
        Assert.Equal(asked[2..5], claim.Ahead.Select(job => job.ProcessId));
        Assert.Equal(asked[..5].Order(), claim.Processes.Select(process => process.Id).Order());
        Assert.True(claim.HasMore);
        Assert.Equal(asked[5..], (await Queue.ClaimAsync(Another, new Take(1, 3), Cancellation)).Jobs.Select(job => job.ProcessId));
    }

    [Fact]
    public async Task Rescue_JobsTakenAhead_CountNeitherADeathNorAnAttempt()
    {
        var asked = await AskAsync(4);
        var claim = await Queue.ClaimAsync(Worker, new Take(1, 3), Cancellation);
        await Queue.BeginAsync(Worker, [claim.Ahead[0]], Cancellation);

        await Queue.RescueAsync(static _ => Task.FromResult<IReadOnlySet<int>>(new HashSet<int>()), Cancellation);

        var next = await Queue.ClaimAsync(Another, 10, Cancellation);
        // The two that had begun run alone, the others at once.
        Assert.Equal(asked[2..], next.Jobs.Select(job => job.ProcessId));
        Assert.All(next.Jobs, job => Assert.Equal(1, job.Attempt));
        var alone = Assert.Single((await FinishAsync(Another, next.Jobs, take: 10)).Taken.Jobs);
        Assert.Equal((asked[0], 2), (alone.ProcessId, alone.Attempt));
    }

    [Fact]
    public async Task Begin_WhatIsNotTheWorkersAnyMore_IsLeftOut()
    {
        await AskAsync(4);
        var claim = await Queue.ClaimAsync(Worker, new Take(1, 3), Cancellation);
        var (kept, cancelled, lost) = (claim.Ahead[0], claim.Ahead[1], claim.Ahead[2]);
        await Queue.CancelAsync([cancelled.ProcessId], Cancellation);
        await Queue.FinishAsync(Worker, [new JobFinish.Released(lost)], 0, Cancellation);
        Assert.Equal(lost.ProcessId, Assert.Single((await Queue.ClaimAsync(Another, 1, Cancellation)).Jobs).ProcessId);

        Assert.Equal([kept], await Queue.BeginAsync(Worker, claim.Ahead, Cancellation));

        await Queue.FinishAsync(Worker, [new JobFinish.Released(cancelled), new JobFinish.Released(lost)], 0, Cancellation);
        var after = await Queue.ReadAsync([.. claim.Ahead.Select(job => job.ProcessId)], Cancellation);
        Assert.Equal(JobErrors.Cancelled.Id, after.Resolutions[cancelled.ProcessId].OutputId);
        Assert.Equal(JobState.Running, after.Jobs[lost.ProcessId].State);
    }

    [Fact]
    public async Task Claim_Suspect_IsNotTakenAhead()
    {
        await AskAsync(1);
        await Queue.ClaimAsync(Worker, 1, Cancellation);
        await Queue.RescueAsync(static _ => Task.FromResult<IReadOnlySet<int>>(new HashSet<int>()), Cancellation);

        var claim = await Queue.ClaimAsync(Another, new Take(0, 10), Cancellation);

        Assert.Empty(claim.Ahead);
    }

    [Fact]
    public async Task Rescue_OfAWorkerForWhichASuspectIsKept_LetsAnotherTakeIt()
    {
        var asked = await AskAsync(2);
        await Queue.ClaimAsync(Worker, 1, Cancellation);
        await Queue.RescueAsync(static _ => Task.FromResult<IReadOnlySet<int>>(new HashSet<int>()), Cancellation);
        // Takes the other one, and keeps the suspect for when that has ended.
        Assert.Equal([asked[1]], (await Queue.ClaimAsync(Worker, 5, Cancellation)).Jobs.Select(job => job.ProcessId));
        Assert.Empty((await Queue.ClaimAsync(Another, 5, Cancellation)).Jobs);

        await Queue.RescueAsync(static _ => Task.FromResult<IReadOnlySet<int>>(new HashSet<int> { Another }), Cancellation);

        Assert.Equal([asked[0]], (await Queue.ClaimAsync(Another, 5, Cancellation)).Jobs.Select(job => job.ProcessId));
    }

    private async Task<Guid[]> AskAsync(int count)
    {
        var playbook = Playbook.Of(Playbooks.Asks(count));
        await _stores.Store.SaveAsync(playbook, Cancellation);
        Guid[] ids = [.. playbook.Steps.Select(step => step.Process.Id)];
        await Queue.EnqueueAsync([.. ids.Select(id => new JobRequest(id, 1))], Demand.Anonymous, null, Cancellation);
        return ids;
    }

    private Task<FinishOutcome> FinishAsync(int worker, IEnumerable<ClaimedJob> jobs, Take take) =>
        Queue.FinishAsync(worker, [.. jobs.Select(job => new JobFinish.Resolved(job, Datum.OfJson("Text", "\"done\""), 1, TimeSpan.Zero))], take, Cancellation);
}
