using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine.Queue;

/// <summary>
/// The queue of processes to run and the store of their results. Only runnable work is queued: a job whose inputs have no
/// results waits, and finishing the last of them queues it in the same transaction.
/// </summary>
/// <remarks>
/// Every method is one transaction. Times are spans: the clock is the database's, and nobody need have the same one. Ids may come in any order and more than once. Held to by <c>JobQueueConformance</c> in the tests.
/// </remarks>
public interface IJobQueue
{
    /// <summary>Reads the results and jobs of these processes; those that have neither are left out.</summary>
    Task<QueueSnapshot> ReadAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for results. What has a result of the asked version, or a job, stays as it is, but a job that only batches asked for
    /// becomes interactive when <paramref name="demand"/> is. A result of another version, and a transient error of at least
    /// <paramref name="transientAge"/> (null: none), is removed first, with all that was computed from it and is not frozen. What stands on
    /// an error, or on what nobody asked for, is not enqueued.
    /// </summary>
    /// <remarks>The present span, if anybody traces, comes with the jobs to whoever runs them.</remarks>
    /// <param name="requests">Each after those whose outputs it takes.</param>
    /// <returns>The processes that changed: queued or waiting now.</returns>
    Task<IReadOnlyList<Job>> EnqueueAsync(IReadOnlyList<JobRequest> requests, Demand demand, TimeSpan? transientAge, CancellationToken cancellationToken);

    /// <summary>
    /// Takes runnable jobs: interactive before batch, in turn between owners. A job that took its worker down runs alone in its
    /// worker: when its turn has come the worker that meets it is given nothing else until it runs nothing, and then this job alone.
    /// </summary>
    /// <param name="worker">The number of the program that runs them, whatever number of them it runs at once.</param>
    Task<Claim> ClaimAsync(int worker, Take take, CancellationToken cancellationToken);

    /// <summary>Tells that jobs taken ahead begin: from here on the death of their worker counts.</summary>
    /// <returns>Those of them that may begin: they are still the worker's, and nobody cancelled them.</returns>
    Task<IReadOnlyList<ClaimedJob>> BeginAsync(int worker, IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken);

    /// <summary>
    /// Ends runs: stores results, removes jobs, queues what has become runnable, drops what stands on an error, and takes
    /// further jobs. What is to run again waits when the result of an input was removed meanwhile. A finish whose worker or attempt is not the job's present one is ignored.
    /// </summary>
    Task<FinishOutcome> FinishAsync(int worker, IReadOnlyList<JobFinish> finishes, Take take, CancellationToken cancellationToken);

    /// <summary>
    /// Withdraws jobs. Those that do not run end as an error that says so, and their dependents are dropped; those that run are
    /// marked, and it is for their workers to stop. A marked job never goes back into the queue: it ends as cancelled instead.
    /// </summary>
    Task<CancelOutcome> CancelAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken);

    /// <summary>
    /// Removes results, so that asking computes them again. Running jobs stay; queued ones that stand on a removed result wait
    /// until somebody asks for it.
    /// </summary>
    Task InvalidateAsync(IReadOnlyCollection<Guid> processIds, CancellationToken cancellationToken);

    /// <summary>Puts the running jobs of workers that are gone back into the queue, and ends those that took their worker down too often.</summary>
    /// <param name="readAlive">Tells the numbers of all workers that live; asked after it is known who has jobs.</param>
    /// <returns>The processes that changed.</returns>
    Task<IReadOnlyList<Guid>> RescueAsync(Func<CancellationToken, Task<IReadOnlySet<int>>> readAlive, CancellationToken cancellationToken);

    /// <summary>Counts the jobs, up to <see cref="QueueDepth.Most"/> of a state.</summary>
    Task<QueueDepth> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>Results and jobs at one moment.</summary>
public sealed record QueueSnapshot(IReadOnlyDictionary<Guid, Resolution> Resolutions, IReadOnlyDictionary<Guid, Job> Jobs);

/// <summary>How many jobs a worker takes.</summary>
/// <param name="Now">To begin at once.</param>
/// <param name="Ahead">Further ones, to begin when some of those have ended. A queue may give none.</param>
public readonly record struct Take(int Now, int Ahead = 0)
{
    public int Total => Now + Ahead;

    public static implicit operator Take(int now) => new(now);

    public static Take FromInt32(int now) => new(now);
}

/// <param name="Jobs">What was taken to begin at once.</param>
/// <param name="NextDue">When nothing more is runnable now but something will be: how long until then.</param>
/// <param name="HasMore">Whether it is worth while to wake another worker.</param>
public sealed record Claim(IReadOnlyList<ClaimedJob> Jobs, TimeSpan? NextDue, bool HasMore = false)
{
    /// <summary>What was taken to begin later, in the order in which to begin it.</summary>
    public IReadOnlyList<ClaimedJob> Ahead { get; init; } = [];

    /// <summary>The processes of all these, where the queue read them on the way.</summary>
    public IReadOnlyList<Process> Processes { get; init; } = [];

    /// <summary>The outputs that these take, by the processes that gave them; null when the queue did not read them on the way.</summary>
    public IReadOnlyDictionary<Guid, ClaimedInput>? Inputs { get; init; }
}

/// <summary>An output that a job takes.</summary>
/// <param name="Value">Null when it is too large to come with the claim.</param>
public sealed record ClaimedInput(Guid OutputId, string OutputType, Datum? Value);

/// <param name="Finished">The processes whose finish counted.</param>
/// <param name="Queued">The processes that became runnable.</param>
/// <param name="Dropped">The processes whose jobs were removed because they stand on an error.</param>
/// <param name="Taken">What the worker took up in the same transaction.</param>
public sealed record FinishOutcome(IReadOnlyList<Guid> Finished, IReadOnlyList<Guid> Queued, IReadOnlyList<Guid> Dropped, Claim Taken);

/// <param name="Ended">The processes that will not run, their dependents among them.</param>
/// <param name="Running">The processes whose workers have to stop.</param>
public sealed record CancelOutcome(IReadOnlyList<Guid> Ended, IReadOnlyList<Guid> Running);
