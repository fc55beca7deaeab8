using System.Collections.Concurrent;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine.Queue;

public abstract partial class JobQueueConformance
{
    [Fact]
    public async Task Claim_Nothing_IsEmpty()
    {
        var claim = await Queue.ClaimAsync(Worker, 10, CancellationToken.None);

        Assert.Empty(claim.Jobs);
        Assert.Null(claim.NextDue);
        Assert.False(claim.HasMore);
    }

    [Fact]
    public async Task Claim_Queued_RunsWithItsWorkerAndAttempt()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1));

        Assert.Equal(new ClaimedJob(ProcessOf(playbook, 0), Worker, 1), await ClaimOneAsync());

        var job = (await ReadAsync(playbook)).Jobs[ProcessOf(playbook, 0)];
        Assert.Equal((JobState.Running, 1), (job.State, job.Attempt));
        Assert.True(IsNow(job.Started));
        Assert.Empty(await ClaimAsync(10));
    }

    [Fact]
    public async Task Claim_SomeOfMany_TellsThatThereAreMore()
    {
        for (var i = 0; i < 3; i++) await SavedAndAskedAsync(Playbooks.Chain(1, $"{i}"));

        Assert.True((await Queue.ClaimAsync(Worker, 2, CancellationToken.None)).HasMore);
        Assert.False((await Queue.ClaimAsync(Worker, 2, CancellationToken.None)).HasMore);
    }

    [Fact]
    public async Task Read_JobsBehindTheFirst_HaveNoPlace()
    {
        var playbook = Playbook.Of(Playbooks.Asks(Job.MostPlaces + 2));
        await SavedAndAskedAsync(playbook);

        var jobs = (await ReadAsync(playbook)).Jobs;

        Assert.Equal([0, Job.MostPlaces - 1, null, null], new[] { 0, Job.MostPlaces - 1, Job.MostPlaces, Job.MostPlaces + 1 }.Select(i => jobs[ProcessOf(playbook, i)].Place));
    }

    [Fact]
    public async Task Claim_OneOwner_IsInTheOrderOfAsking()
    {
        var playbooks = new List<Playbook>();
        for (var i = 0; i < 5; i++) playbooks.Add(await SavedAndAskedAsync(Playbooks.Chain(1, $"{i}")));

        Assert.Equal([0, 1, 2, 3, 4], (await Task.WhenAll(playbooks.Select(ReadAsync))).Select((snapshot, i) => snapshot.Jobs[ProcessOf(playbooks[i], 0)].Place));
        Assert.Equal(playbooks.Select(playbook => ProcessOf(playbook, 0)), (await ClaimAsync(10)).Select(job => job.ProcessId));
    }

    [Fact]
    public async Task Claim_InteractiveAndBatch_TakesTheInteractiveFirst()
    {
        await SavedAndAskedAsync(Playbooks.Chain(1, "batch"), Batch);
        var wanted = await SavedAndAskedAsync(Playbooks.Chain(1, "interactive"));

        Assert.Equal(ProcessOf(wanted, 0), (await ClaimOneAsync()).ProcessId);
    }

    [Fact]
    public async Task Claim_BesideABatchOfTenThousand_ServesTheOtherOwnersInTurn()
    {
        var batch = Playbook.Of(Playbooks.Asks(10_000));
        await SaveAsync(batch);
        await EnqueueAsync(batch, new Demand("large", IsBatch: true));
        await ClaimAsync(100);
        var small = await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(3, "small")), new Demand("small", IsBatch: true));
        var interactive = await SavedAndAskedAsync(Playbooks.Chain(1, "interactive"), new Demand("large"));

        var next = (await ClaimAsync(7)).Select(job => job.ProcessId).ToArray();

        Assert.Equal(ProcessOf(interactive, 0), next[0]);
        Assert.All(small.Steps, step => Assert.Contains(step.Process.Id, next));
    }

    [Fact]
    public async Task Claim_InteractiveOfAnOwnerWithALargeBatch_DoesNotPayForTheBatch()
    {
        var batch = Playbook.Of(Playbooks.Asks(50));
        await SavedAndAskedAsync(batch, new Demand("large", IsBatch: true));
        await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(10, "other")), new Demand("other"));
        var own = await SavedAndAskedAsync(Playbooks.Chain(1, "own"), new Demand("large"));

        Assert.Contains(ProcessOf(own, 0), (await ClaimAsync(2)).Select(job => job.ProcessId));
    }

    [Fact]
    public async Task Claim_ByManyAtOnce_GivesNoJobTwice()
    {
        await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(200)));
        var taken = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(worker => Task.Run(async () =>
        {
            while (await ClaimAsync(3, worker) is { Count: > 0 } jobs)
            {
                foreach (var job in jobs) taken.Add(job.ProcessId);
            }
        })));

        Assert.Equal(200, taken.Count);
        Assert.Equal(200, taken.Distinct().Count());
    }

    [Fact]
    public async Task Finish_Value_IsStoredAndItsDependentTaken()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(3));
        var job = await ClaimOneAsync();

        var outcome = await SucceedAsync(job, take: 1);

        Assert.Equal([job.ProcessId], outcome.Finished);
        Assert.Equal([ProcessOf(playbook, 1)], outcome.Queued);
        Assert.Equal([new ClaimedJob(ProcessOf(playbook, 1), Worker, 1)], outcome.Taken.Jobs);
        Assert.Empty(outcome.Dropped);
        var resolution = (await ResolutionAsync(job.ProcessId))!;
        Assert.Equal(new Resolution(job.ProcessId, Value(job).Id, "Text", 1, resolution.Created, TimeSpan.FromMilliseconds(5), false), resolution);
        Assert.True(IsNow(resolution.Created));
        Assert.Null(await StateAsync(job.ProcessId));
        Assert.Equal(JobState.Waiting, await StateAsync(ProcessOf(playbook, 2)));
    }

    [Fact]
    public async Task Finish_Value_CanBeReadByItsId()
    {
        await SavedAndAskedAsync(Playbooks.Chain(1));
        var job = await ClaimOneAsync();
        await SucceedAsync(job);

        var data = await Open(Time).Store.FindDataAsync([Value(job).Id], CancellationToken.None);

        Assert.Equal(Value(job).Value, data.GetValueOrDefault(Value(job).Id)?.Value);
    }

    [Fact]
    public async Task Finish_OneOfTwoInputs_LeavesTheJoinWaiting()
    {
        var playbook = Playbook.Empty.Extend(Playbooks.Ask("a")).Extend(Playbooks.Ask("b"));
        playbook = await SavedAndAskedAsync(playbook.Extend(Playbooks.Join(playbook.Steps[0].Process, playbook.Steps[1].Process)));
        var jobs = await ClaimAsync(10);

        Assert.Empty((await SucceedAsync(jobs[0])).Queued);
        Assert.Equal([ProcessOf(playbook, 2)], (await SucceedAsync(jobs[1])).Queued);
    }

    [Fact]
    public async Task Finish_ManyAtOnce_EndsThemAll()
    {
        await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(5)));
        var jobs = await ClaimAsync(10);

        var outcome = await Queue.FinishAsync(Worker, [.. jobs.Select(job => new JobFinish.Resolved(job, Value(job), 1, TimeSpan.Zero))], 0, CancellationToken.None);

        Assert.Equal(jobs.Select(job => job.ProcessId), outcome.Finished);
    }

    [Fact]
    public async Task Finish_Error_DropsAllThatStandsOnIt()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(4));

        var outcome = await FailAsync(await ClaimOneAsync());

        Assert.Equal(playbook.Steps.Skip(1).Select(step => step.Process.Id).Order(), outcome.Dropped.Order());
        Assert.True((await ResolutionAsync(ProcessOf(playbook, 0)))!.IsError);
        Assert.Empty((await ReadAsync(playbook)).Jobs);
    }

    [Theory]
    [InlineData(Worker + 1, 1)]
    [InlineData(Worker, 2)]
    [InlineData(Worker, 0)]
    public async Task Finish_OfAnotherWorkerOrAttempt_IsIgnored(int worker, int attempt)
    {
        await SavedAndAskedAsync(Playbooks.Chain(1));
        var job = await ClaimOneAsync();

        Assert.Empty((await SucceedAsync(job with { Worker = worker, Attempt = attempt })).Finished);

        Assert.Equal(JobState.Running, await StateAsync(job.ProcessId));
        Assert.Equal([job.ProcessId], (await SucceedAsync(job)).Finished);
    }

    [Fact]
    public async Task Finish_AfterTheJobWasRescued_IsIgnored()
    {
        await SavedAndAskedAsync(Playbooks.Chain(1));
        var late = await ClaimOneAsync();
        await RescueAsync();
        var present = await ClaimOneAsync(Worker + 1);

        Assert.Empty((await SucceedAsync(late)).Finished);
        Assert.Equal([present.ProcessId], (await SucceedAsync(present)).Finished);
    }

    [Fact]
    public async Task Finish_Retry_IsNotClaimableBeforeItsTime()
    {
        await SavedAndAskedAsync(Playbooks.Chain(1));

        var outcome = await FinishAsync(new JobFinish.Retry(await ClaimOneAsync(), TimeSpan.FromMinutes(30)), take: 1);
        Assert.Empty(outcome.Taken.Jobs);
        Assert.InRange(outcome.Taken.NextDue!.Value, TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(30));
        Advance(TimeSpan.FromMinutes(25));
        Assert.Empty(await ClaimAsync());
        Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(2, (await ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Finish_Released_DoesNotCountTheAttempt()
    {
        await SavedAndAskedAsync(Playbooks.Chain(1));

        var outcome = await FinishAsync(new JobFinish.Released(await ClaimOneAsync()));

        Assert.Single(outcome.Queued);
        Assert.Equal(1, (await ClaimOneAsync()).Attempt);
    }
}
