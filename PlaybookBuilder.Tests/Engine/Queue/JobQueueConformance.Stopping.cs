using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine.Queue;

public abstract partial class JobQueueConformance
{
    [Fact]
    public async Task Cancel_Queued_EndsAsAnErrorAndDropsItsDependents()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(3));

        var outcome = await Queue.CancelAsync([ProcessOf(playbook, 0)], CancellationToken.None);

        Assert.Equal(playbook.Steps.Select(step => step.Process.Id).Order(), outcome.Ended.Order());
        Assert.Equal(JobErrors.Cancelled.Id, (await ResolutionAsync(ProcessOf(playbook, 0)))!.OutputId);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Cancel_Running_IsMarkedAndLeftToItsWorker()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(3));
        var job = await ClaimOneAsync();

        var outcome = await Queue.CancelAsync([.. playbook.Steps.Select(step => step.Process.Id)], CancellationToken.None);

        Assert.Equal([job.ProcessId], outcome.Running);
        Assert.True((await ReadAsync(playbook)).Jobs[job.ProcessId].IsCancelRequested);
        Assert.Equal(JobErrors.Cancelled.Id, (await ResolutionAsync(ProcessOf(playbook, 1)))!.OutputId);
        Assert.Null(await StateAsync(ProcessOf(playbook, 2)));
    }

    [Fact]
    public async Task Cancel_RunningThatShouldRunAgain_EndsAsCancelled()
    {
        await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(3)));
        var jobs = await ClaimAsync(3);
        await Queue.CancelAsync([.. jobs.Select(job => job.ProcessId)], CancellationToken.None);

        await FinishAsync(new JobFinish.Retry(jobs[0], TimeSpan.Zero));
        await FinishAsync(new JobFinish.Released(jobs[1]));
        await RescueAsync();

        foreach (var job in jobs) Assert.Equal(JobErrors.Cancelled.Id, (await ResolutionAsync(job.ProcessId))?.OutputId);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Rescue_JobsOfDeadWorkers_AreQueuedAgain()
    {
        await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(2)));
        var (alive, dead) = (await ClaimOneAsync(1), await ClaimOneAsync(2));

        Assert.Equal([dead.ProcessId], await RescueAsync(1));

        Assert.Equal(JobState.Running, await StateAsync(alive.ProcessId));
        Assert.Equal(JobState.Queued, await StateAsync(dead.ProcessId));
    }

    [Fact]
    public async Task Rescue_JobThatTookItsWorkerDown_RunsAlone()
    {
        await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(3)));
        var suspect = await ClaimOneAsync();
        await RescueAsync();

        var others = await ClaimAsync(10);
        Assert.DoesNotContain(suspect.ProcessId, others.Select(job => job.ProcessId));
        Assert.Empty(await ClaimAsync());
        foreach (var other in others) await SucceedAsync(other);
        Assert.Equal(suspect.ProcessId, (await ClaimOneAsync()).ProcessId);
        await SavedAndAskedAsync(Playbooks.Chain(1, "later"));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Rescue_JobThatTookItsWorkerDown_IsNotPutOffByWhatIsAskedForLater()
    {
        await SavedAndAskedAsync(Playbook.Of(Playbooks.Asks(3)));
        var suspect = await ClaimOneAsync();
        await RescueAsync();
        var other = await ClaimOneAsync();
        await SavedAndAskedAsync(Playbooks.Chain(1, "later"));

        // Who met it when its turn had come is given nothing else until it runs nothing; others go on.
        Assert.Empty(await ClaimAsync(10));
        Assert.DoesNotContain(suspect.ProcessId, (await ClaimAsync(10, worker: Worker + 1)).Select(job => job.ProcessId));
        await SavedAndAskedAsync(Playbooks.Chain(1, "last"));
        Assert.Equal([suspect.ProcessId], (await SucceedAsync(other, take: 10)).Taken.Jobs.Select(job => job.ProcessId));
    }

    [Fact]
    public async Task Rescue_DeathsWhileAlone_EndAsAnError()
    {
        var playbook = await SavedAndAskedAsync(Playbooks.Chain(2));
        for (var death = 0; death <= JobErrors.MostDeathsAlone; death++)
        {
            await ClaimOneAsync();
            await RescueAsync();
        }

        Assert.Empty(await ClaimAsync());
        Assert.Equal(JobErrors.TookWorkerDown.Id, (await ResolutionAsync(ProcessOf(playbook, 0)))!.OutputId);
        Assert.Empty((await ReadAsync(playbook)).Jobs);
    }
}
