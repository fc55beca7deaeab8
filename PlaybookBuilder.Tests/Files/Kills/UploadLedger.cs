using System.Collections.Concurrent;

namespace PlaybookBuilder.Tests.Files.Kills;

/// <summary>What uploaders were told: what must be there afterwards, what must not, and what was wrong at once.</summary>
internal sealed class UploadLedger
{
    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _deleted = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();
    private int _answered;
    private int _lost;
    private int _resumed;
    private int _abandoned;

    /// <summary>The checksums of the uploads that were answered and not deleted, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Kept => _kept;

    /// <summary>The ids of those whose deletion was answered.</summary>
    public IEnumerable<string> Deleted => _deleted.Keys;

    public IReadOnlyCollection<string> Faults => _faults;

    public int Answered => _answered;

    /// <summary>Requests that were not answered.</summary>
    public int Lost => _lost;

    /// <summary>Resumable uploads that went on after a break.</summary>
    public int Resumed => _resumed;

    /// <summary>Resumable uploads that nobody went on with after a break.</summary>
    public int Abandoned => _abandoned;

    public void Keep(string id, string sha256)
    {
        Interlocked.Increment(ref _answered);
        _kept[id] = sha256;
    }

    /// <summary>Takes one out that is about to be deleted: without an answer nobody knows whether it is.</summary>
    public bool TryTake(string id) => _kept.TryRemove(id, out _);

    public void Delete(string id) => _deleted[id] = true;

    public void Lose() => Interlocked.Increment(ref _lost);

    public void Resume() => Interlocked.Increment(ref _resumed);

    public void Abandon() => Interlocked.Increment(ref _abandoned);

    public void Fault(string what) => _faults.Enqueue(what);
}
