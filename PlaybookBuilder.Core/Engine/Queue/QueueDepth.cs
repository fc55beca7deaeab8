namespace PlaybookBuilder.Core.Engine.Queue;

/// <summary>How much there is to do, in the whole deployment.</summary>
/// <param name="Waiting">Jobs that stand on others which have no result yet.</param>
/// <param name="Queued">Jobs that could run now.</param>
/// <param name="Running">Jobs that a worker has.</param>
/// <param name="OldestQueued">How long ago the oldest of those at the head of the queue was asked for; null when none is queued.</param>
public sealed record QueueDepth(long Waiting, long Queued, long Running, TimeSpan? OldestQueued)
{
    /// <summary>Counting stops here, so that a deep queue does not make itself deeper.</summary>
    public const int Most = 100_000;

    /// <summary>Among so many at its head the oldest is looked for.</summary>
    public const int Head = 1_000;
}
