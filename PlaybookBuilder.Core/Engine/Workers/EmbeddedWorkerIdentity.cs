using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>The embedded database belongs to one program: whatever was running in it when this one starts ran in one that is gone.</summary>
internal sealed class EmbeddedWorkerIdentity(IJobQueue queue, WorkerMetrics metrics) : IWorkerIdentity
{
    private const int OnlyNumber = 1;

    private static readonly IReadOnlySet<int> Nobody = new HashSet<int>();

    private volatile bool _isReady;

    public int? Number => _isReady ? OnlyNumber : null;

    public async ValueTask<int> GetNumberAsync(CancellationToken cancellationToken)
    {
        if (!_isReady) metrics.Rescued((await queue.RescueAsync(static _ => Task.FromResult(Nobody), cancellationToken).ConfigureAwait(false)).Count, "worker_gone");
        _isReady = true;
        return OnlyNumber;
    }
}
