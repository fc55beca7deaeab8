using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine.Queue;

/// <summary>What every job queue promises: each fact is a clause of <see cref="IJobQueue"/>.</summary>
public abstract partial class JobQueueConformance : IDisposable
{
    protected const int Worker = 7;
    private protected static readonly Demand Interactive = new("somebody");
    private protected static readonly Demand Batch = new("somebody", IsBatch: true);

    private readonly Lazy<IJobQueue> _queue;

    protected JobQueueConformance() => _queue = new(() => Wrap(Open(Time).Queue));

    private protected FakeTimeProvider Time { get; } = FakeClock.New();

    private protected IJobQueue Queue => _queue.Value;

    /// <summary>An empty queue and the store beside it, the same for the whole test.</summary>
    private protected abstract (IPlaybookStore Store, IJobQueue Queue) Open(TimeProvider time);

    /// <summary>For suites that have to fail: the queue with something broken.</summary>
    private protected virtual IJobQueue Wrap(IJobQueue queue) => queue;

    /// <summary>Lets time pass for the queue.</summary>
    private protected virtual void Advance(TimeSpan time) => Time.Advance(time);

    /// <summary>Whether a moment is the queue's present.</summary>
    private protected virtual bool IsNow(DateTimeOffset? moment) => moment == Time.GetUtcNow();

    public abstract void Dispose();

    private protected async Task<Playbook> SaveAsync(Playbook playbook)
    {
        await Open(Time).Store.SaveAsync(playbook, CancellationToken.None);
        return playbook;
    }

    private protected Task<IReadOnlyList<Job>> EnqueueAsync(Playbook playbook, Demand? demand = null, int version = 1, TimeSpan? transientAge = null) =>
        Queue.EnqueueAsync([.. playbook.Steps.Select(step => new JobRequest(step.Process.Id, version))], demand ?? Interactive, transientAge, CancellationToken.None);

    private protected async Task<Playbook> SavedAndAskedAsync(Playbook playbook, Demand? demand = null)
    {
        await SaveAsync(playbook);
        await EnqueueAsync(playbook, demand);
        return playbook;
    }

    private protected async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int most = 1, int worker = Worker) => (await Queue.ClaimAsync(worker, most, CancellationToken.None)).Jobs;

    private protected async Task<ClaimedJob> ClaimOneAsync(int worker = Worker) => Assert.Single(await ClaimAsync(worker: worker));

    private protected Task<FinishOutcome> FinishAsync(JobFinish finish, int take = 0) => Queue.FinishAsync(finish.Job.Worker, [finish], take, CancellationToken.None);

    private protected Task<FinishOutcome> SucceedAsync(ClaimedJob job, int take = 0, int version = 1) => FinishAsync(new JobFinish.Resolved(job, Value(job), version, TimeSpan.FromMilliseconds(5)), take);

    private protected Task<FinishOutcome> FailAsync(ClaimedJob job, bool isTransient = false) =>
        FinishAsync(new JobFinish.Resolved(job, ErrorData.ToDatum("It failed."), 1, TimeSpan.Zero, isTransient));

    private protected static Datum Value(ClaimedJob job) => Datum.OfJson("Text", $"\"of {job.ProcessId}\"");

    private protected async Task<QueueSnapshot> ReadAsync(Playbook playbook) => await Queue.ReadAsync([.. playbook.Steps.Select(step => step.Process.Id)], CancellationToken.None);

    private protected async Task<JobState?> StateAsync(Guid processId) => (await Queue.ReadAsync([processId], CancellationToken.None)).Jobs.GetValueOrDefault(processId)?.State;

    private protected async Task<Resolution?> ResolutionAsync(Guid processId) => (await Queue.ReadAsync([processId], CancellationToken.None)).Resolutions.GetValueOrDefault(processId);

    private protected Task<IReadOnlyList<Guid>> RescueAsync(params int[] alive) => Queue.RescueAsync(_ => Task.FromResult<IReadOnlySet<int>>(alive.ToHashSet()), CancellationToken.None);

    private protected static Guid ProcessOf(Playbook playbook, int step) => playbook.Steps[step].Process.Id;
}
