using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Tests.Engine.Queue;

/// <summary>A real queue of which one method or another does something wrong.</summary>
internal sealed class BrokenJobQueue(IJobQueue inner) : IJobQueue
{
    public Func<IJobQueue, IReadOnlyCollection<Guid>, Task<QueueSnapshot>> Read { get; init; } = static (queue, ids) => queue.ReadAsync(ids, CancellationToken.None);

    public Func<IJobQueue, IReadOnlyList<JobRequest>, Demand, TimeSpan?, Task<IReadOnlyList<Job>>> Enqueue { get; init; } =
        static (queue, requests, demand, age) => queue.EnqueueAsync(requests, demand, age, CancellationToken.None);

    public Func<IJobQueue, int, Take, Task<Claim>> Claim { get; init; } = static (queue, worker, take) => queue.ClaimAsync(worker, take, CancellationToken.None);

    public Func<IJobQueue, int, IReadOnlyList<JobFinish>, Take, Task<FinishOutcome>> Finish { get; init; } =
        static (queue, worker, finishes, take) => queue.FinishAsync(worker, finishes, take, CancellationToken.None);

    public Func<IJobQueue, int, IReadOnlyList<ClaimedJob>, Task<IReadOnlyList<ClaimedJob>>> Begin { get; init; } = static (queue, worker, jobs) => queue.BeginAsync(worker, jobs, CancellationToken.None);

    public Func<IJobQueue, IReadOnlyCollection<Guid>, Task<CancelOutcome>> Cancel { get; init; } = static (queue, ids) => queue.CancelAsync(ids, CancellationToken.None);

    public Func<IJobQueue, IReadOnlyCollection<Guid>, Task> Invalidate { get; init; } = static (queue, ids) => queue.InvalidateAsync(ids, CancellationToken.None);

    public Func<IJobQueue, Func<CancellationToken, Task<IReadOnlySet<int>>>, Task<IReadOnlyList<Guid>>> Rescue { get; init; } = static (queue, readAlive) => queue.RescueAsync(readAlive, CancellationToken.None);

    public Func<IJobQueue, Task<QueueDepth>> Measure { get; init; } = static queue => queue.MeasureAsync(CancellationToken.None);

    /// <summary>Breaks each finish by itself.</summary>
    public Func<JobFinish, JobFinish> FinishOne
    {
        init => Finish = (queue, worker, finishes, take) => queue.FinishAsync(worker, [.. finishes.Select(value)], take, CancellationToken.None);
    }

    public Task<QueueSnapshot> ReadAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) => Read(inner, processIds);

    public Task<IReadOnlyList<Job>> EnqueueAsync(IReadOnlyList<JobRequest> requests, Demand demand, TimeSpan? transientAge, CancellationToken cancellationToken) =>
        Enqueue(inner, requests, demand, transientAge);

    public Task<Claim> ClaimAsync(int worker, Take take, CancellationToken cancellationToken) => Claim(inner, worker, take);

    public Task<IReadOnlyList<ClaimedJob>> BeginAsync(int worker, IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken) => Begin(inner, worker, jobs);

    public Task<FinishOutcome> FinishAsync(int worker, IReadOnlyList<JobFinish> finishes, Take take, CancellationToken cancellationToken) => Finish(inner, worker, finishes, take);

    public Task<CancelOutcome> CancelAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) => Cancel(inner, processIds);

    public Task InvalidateAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken) => Invalidate(inner, processIds);

    public Task<IReadOnlyList<Guid>> RescueAsync(Func<CancellationToken, Task<IReadOnlySet<int>>> readAlive, CancellationToken cancellationToken) => Rescue(inner, readAlive);

    public Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken) => Measure(inner);
}
