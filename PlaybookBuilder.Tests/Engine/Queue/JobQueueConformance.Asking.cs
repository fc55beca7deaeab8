using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine.Queue;

public abstract partial class JobQueueConformance
{
    [Fact]
    public async Task Read_NothingKnown_IsLeftOut()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1));

        var snapshot = await Queue.ReadAsync([Guid.NewGuid(), ProcessOf(playbook, 0), ProcessOf(playbook, 0)], CancellationToken.None);

        Assert.Empty(snapshot.Resolutions);
        Assert.Equal(ProcessOf(playbook, 0), Assert.Single(snapshot.Jobs).Key);
    }

    [Fact]
    public async Task Enqueue_Chain_QueuesOnlyWhatIsRunnable()
    {
        var playbook = await SaveAsync(Playbooks.Chain(3));

        var added = await EnqueueAsync(playbook);

        Assert.Equal([JobState.Queued, JobState.Waiting, JobState.Waiting], added.Select(job => job.State));
        Assert.Equal(ProcessOf(playbook, 0), Assert.Single(await ClaimAsync(10)).ProcessId);
    }

    [Fact]
    public async Task Enqueue_InputsResolvedBefore_IsQueued()
    {
        var playbook = Playbooks.Chain(2);
        await SavedAndAskedAsync(Playbooks.Chain(1));
        await SucceedAsync(await ClaimOneAsync());
        await SaveAsync(playbook);

        await EnqueueAsync(playbook);

        Assert.Equal(JobState.Queued, await StateAsync(ProcessOf(playbook, 1)));
    }

    [Fact]
    public async Task Enqueue_Again_ChangesNothing()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(2));

        Assert.Empty(await EnqueueAsync(playbook));

        Assert.Equal(2, (await ReadAsync(playbook)).Jobs.Count);
    }

    [Fact]
    public async Task Enqueue_OneProcessTwice_IsOneJob()
    {
        var playbook = Playbook.Empty.Extend(Playbooks.Ask("a")).Extend(Playbooks.Ask("a"));
        await SaveAsync(playbook);

        Assert.Single(await EnqueueAsync(playbook));
    }

    [Fact]
    public async Task Enqueue_Running_IsLeftToItsWorker()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1));
        await ClaimOneAsync();

        Assert.Empty(await EnqueueAsync(playbook));

        Assert.Equal(JobState.Running, await StateAsync(ProcessOf(playbook, 0)));
    }

    [Fact]
    public async Task Enqueue_ResultOfTheSameVersion_Stays()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1));
        await SucceedAsync(await ClaimOneAsync());

        Assert.Empty(await EnqueueAsync(playbook));

        Assert.NotNull(await ResolutionAsync(ProcessOf(playbook, 0)));
    }

    [Fact]
    public async Task Enqueue_ResultOfAnotherVersion_IsRemovedWithWhatWasComputedFromIt()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(3));
        var job = await ClaimOneAsync();
        for (var i = 0; i < 2; i++) job = Assert.Single((await SucceedAsync(job, take: 1)).Taken.Jobs);
        await SucceedAsync(job);

        var added = await Queue.EnqueueAsync([new(ProcessOf(playbook, 0), 2), new(ProcessOf(playbook, 1), 1), new(ProcessOf(playbook, 2), 1)], Interactive, default, CancellationToken.None);

        Assert.Equal(3, added.Count);
        Assert.Empty((await ReadAsync(playbook)).Resolutions);
    }

    [Fact]
    public async Task Enqueue_ResultOfAnotherVersion_KeepsWhatIsFrozen()
    {
        var playbook = Playbooks.Chain(1);
        playbook = playbook.Extend(new Process("Copy", null, [new ProcessInput("text", null, ProcessOf(playbook, 0))], Time.GetUtcNow()));
        await SavedAndAskedAsync(playbook);
        await SucceedAsync(Assert.Single((await SucceedAsync(await ClaimOneAsync(), take: 1)).Taken.Jobs));

        await Queue.EnqueueAsync([new(ProcessOf(playbook, 0), 2), new(ProcessOf(playbook, 1), JobErrors.AnyVersion)], Interactive, default, CancellationToken.None);

        Assert.Equal([ProcessOf(playbook, 1)], (await ReadAsync(playbook)).Resolutions.Keys);
    }

    [Fact]
    public async Task Enqueue_OutdatedInputOfAQueuedJob_MakesItWait()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(2));
        await SucceedAsync(await ClaimOneAsync());

        await EnqueueAsync(Playbooks.Chain(1), version: 2);

        Assert.Equal(JobState.Waiting, await StateAsync(ProcessOf(playbook, 1)));
    }

    [Fact]
    public async Task Enqueue_TransientError_IsTriedAgainWhenItIsOld()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1));
        await FailAsync(await ClaimOneAsync(), isTransient: true);

        Assert.Empty(await EnqueueAsync(playbook));
        Assert.Empty(await EnqueueAsync(playbook, transientAge: TimeSpan.FromSeconds(30)));
        Advance(TimeSpan.FromSeconds(30));
        Assert.Single(await EnqueueAsync(playbook, transientAge: TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Enqueue_LastingError_StaysHoweverOld()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1));
        await FailAsync(await ClaimOneAsync());

        Assert.Empty(await EnqueueAsync(playbook, transientAge: TimeSpan.Zero));
    }

    [Fact]
    public async Task Enqueue_OnAnError_IsNotEnqueued()
    {
        await SavedAndAskedAsync(Playbooks.Chain(1));
        await FailAsync(await ClaimOneAsync());
        var playbook = await SaveAsync(Playbooks.Chain(3));

        Assert.Empty(await EnqueueAsync(playbook));

        Assert.Empty((await ReadAsync(playbook)).Jobs);
    }

    [Fact]
    public async Task Enqueue_OnWhatNobodyAskedFor_IsNotEnqueued()
    {
        var playbook = await SaveAsync(Playbooks.Chain(2));

        Assert.Empty(await Queue.EnqueueAsync([new(ProcessOf(playbook, 1), 1)], Interactive, default, CancellationToken.None));
    }

    [Fact]
    public async Task Enqueue_BatchJobThatSomebodyWaitsFor_BecomesInteractive()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1, "wanted"), new Demand("z", IsBatch: true));
        await SavedAndAskedAsync(Playbooks.Chain(1, "other"), new Demand("a", IsBatch: true));
        for (var i = 0; i < 5; i++) await SavedAndAskedAsync(Playbooks.Chain(1, $"more {i}"), new Demand("b", IsBatch: true));
        var last = await SavedAndAskedAsync(Playbooks.Chain(1, "last"), new Demand("b", IsBatch: true));

        await EnqueueAsync(last);
        var claimed = await ClaimOneAsync();

        Assert.Equal(ProcessOf(last, 0), claimed.ProcessId);
        Assert.Equal(JobState.Queued, await StateAsync(ProcessOf(playbook, 0)));
    }

    [Fact]
    public async Task Enqueue_UnknownProcessAmongOthers_KeepsNothing()
    {
        var playbook = await SaveAsync(Playbooks.Chain(2));
        JobRequest[] requests = [new(ProcessOf(playbook, 0), 1), new(Guid.NewGuid(), 1), new(ProcessOf(playbook, 1), 1)];

        await Assert.ThrowsAnyAsync<Exception>(() => Queue.EnqueueAsync(requests, Interactive, default, CancellationToken.None));

        Assert.Empty((await ReadAsync(playbook)).Jobs);
    }

    [Fact]
    public async Task Invalidate_Result_IsGone()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(1));
        await SucceedAsync(await ClaimOneAsync());

        await Queue.InvalidateAsync([ProcessOf(playbook, 0), Guid.NewGuid()], CancellationToken.None);

        Assert.Null(await ResolutionAsync(ProcessOf(playbook, 0)));
        Assert.Single(await EnqueueAsync(playbook));
    }

    [Fact]
    public async Task Invalidate_InputOfAQueuedJob_MakesItWaitUntilItIsComputedAgain()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(2));
        await SucceedAsync(await ClaimOneAsync());

        await Queue.InvalidateAsync([ProcessOf(playbook, 0)], CancellationToken.None);

        Assert.Empty(await ClaimAsync());
        await EnqueueAsync(playbook);
        await SucceedAsync(await ClaimOneAsync());
        Assert.Equal(ProcessOf(playbook, 1), (await ClaimOneAsync()).ProcessId);
    }

    [Fact]
    public async Task Invalidate_InputOfARunningJob_LetsItRunAndWaitsBeforeItRunsAgain()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(2));
        var running = Assert.Single((await SucceedAsync(await ClaimOneAsync(), take: 1)).Taken.Jobs);

        await Queue.InvalidateAsync([ProcessOf(playbook, 0)], CancellationToken.None);
        Assert.Equal(JobState.Running, await StateAsync(ProcessOf(playbook, 1)));
        await FinishAsync(new JobFinish.Retry(running, TimeSpan.Zero));

        Assert.Equal(JobState.Waiting, await StateAsync(ProcessOf(playbook, 1)));
    }
}
