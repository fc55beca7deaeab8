using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>
/// The jobs that a worker took before it had a slot for them, and how many it takes: none while few wait or runs last, and where many
/// wait that end at once as many as are done within <see cref="Reach"/>, so that one exchange with the queue serves them all. What
/// could not begin in good time after all goes back, since another worker may have a slot for it.
/// </summary>
internal sealed class JobsAhead(int slots, RunningJobs running, TimeProvider time)
{
    public const int Most = 64;

    /// <summary>How much work is taken ahead: little enough that nobody who comes later waits longer for it than a moment.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromMilliseconds(10);

    private readonly Queue<(ClaimedJob Job, IReadOnlyDictionary<Guid, ClaimedInput>? Inputs)> _jobs = new();
    private long _lastMoved;

    public bool IsEmpty => _jobs.Count == 0;

    /// <summary>How many to take with the next claim.</summary>
    public int Wanted { get; private set; }

    /// <summary>Whether what is left can't be expected to begin soon.</summary>
    public bool IsStale => !IsEmpty && time.GetElapsedTime(_lastMoved) > Reach * 2;

    /// <param name="ended">How the runs since the last claim ended.</param>
    public void Learn(IReadOnlyCollection<JobFinish> ended, Claim claim)
    {
        if (ended.Count == 0) return;

        var mean = ended.Average(static finish => (finish as JobFinish.Resolved)?.Duration.TotalMilliseconds ?? double.PositiveInfinity);
        Wanted = claim.HasMore ? (int)Math.Min(Most, slots * Reach.TotalMilliseconds / Math.Max(mean, double.Epsilon)) : 0;
    }

    public void Add(Claim claim)
    {
        _lastMoved = time.GetTimestamp();
        foreach (var job in claim.Ahead)
        {
            running.Keep(job);
            _jobs.Enqueue((job, claim.Inputs));
        }
    }

    /// <summary>Gives up to as many as there are slots for.</summary>
    public IReadOnlyList<(ClaimedJob Job, IReadOnlyDictionary<Guid, ClaimedInput>? Inputs)> Take(int most)
    {
        _lastMoved = time.GetTimestamp();
        var taken = new List<(ClaimedJob, IReadOnlyDictionary<Guid, ClaimedInput>?)>(most);
        while (taken.Count < most && _jobs.TryDequeue(out var job)) taken.Add(job);
        return taken;
    }

    /// <summary>Gives all that is left back, and takes none for the present.</summary>
    public IReadOnlyList<JobFinish> Release()
    {
        Wanted = 0;
        return [.. Take(_jobs.Count).Select(static next => new JobFinish.Released(next.Job))];
    }
}
