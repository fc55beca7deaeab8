using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>
/// The traces of the jobs that were asked for last. The embedded database belongs to one program, so they need not outlive it, nor
/// stand in its file; and what is forgotten here is only missing from a trace.
/// </summary>
internal sealed class RecentTraces
{
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, string> _traces = [];
    private readonly Queue<Guid> _order = new();

    public void Put(IEnumerable<Guid> processIds, string traceParent)
    {
        lock (_lock)
        {
            foreach (var id in processIds)
            {
                if (!_traces.TryAdd(id, traceParent)) _traces[id] = traceParent;
                else _order.Enqueue(id);
            }

            while (_order.Count > Most) _traces.Remove(_order.Dequeue());
        }
    }

    public Claim AddTo(Claim claim)
    {
        lock (_lock)
        {
            return claim.Jobs.Count == 0 || _traces.Count == 0 ? claim : claim with { Jobs = [.. claim.Jobs.Select(job => job with { TraceParent = _traces.GetValueOrDefault(job.ProcessId) })] };
        }
    }
}
