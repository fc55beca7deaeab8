using System.Collections.Concurrent;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>The jobs that this program has: those that have begun, and those that it took ahead.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<Guid, ClaimedJob> _begun = new();
    private readonly ConcurrentDictionary<Guid, ClaimedJob> _ahead = new();

    public IReadOnlyCollection<ClaimedJob> Begun => [.. _begun.Values];

    public IReadOnlyCollection<ClaimedJob> All => [.. _begun.Values, .. _ahead.Values];

    public void Keep(ClaimedJob job) => _ahead[job.ProcessId] = job;

    public void Begin(ClaimedJob job)
    {
        // In this order, so that it is never missing from both.
        _begun[job.ProcessId] = job;
        _ahead.TryRemove(KeyValuePair.Create(job.ProcessId, job));
    }

    /// <summary>Forgets a job, but not a later run of the same process.</summary>
    public void Remove(ClaimedJob job)
    {
        var entry = KeyValuePair.Create(job.ProcessId, job);
        _begun.TryRemove(entry);
        _ahead.TryRemove(entry);
    }
}
