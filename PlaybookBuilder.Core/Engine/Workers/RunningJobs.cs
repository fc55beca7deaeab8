using System.Collections.Concurrent;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>The jobs that this program has.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<Guid, ClaimedJob> _jobs = new();

    public int Count => _jobs.Count;

    public IReadOnlyCollection<ClaimedJob> All => [.. _jobs.Values];

    public void Add(ClaimedJob job) => _jobs[job.ProcessId] = job;

    /// <summary>Forgets a run, but not a later one of the same process.</summary>
    public void Remove(ClaimedJob job) => _jobs.TryRemove(KeyValuePair.Create(job.ProcessId, job));
}
