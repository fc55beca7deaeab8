using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine.Queue;

/// <summary>How a run ended.</summary>
public abstract record JobFinish(ClaimedJob Job)
{
    /// <summary>With a value, or with an error, which is a value too.</summary>
    public sealed record Resolved(ClaimedJob Job, Datum Output, int Version, TimeSpan Duration, bool IsTransient = false) : JobFinish(Job);

    /// <summary>It is to run again, after a while.</summary>
    public sealed record Retry(ClaimedJob Job, TimeSpan Delay) : JobFinish(Job);

    /// <summary>It was not begun in earnest (the worker is stopping): back into the queue, and this attempt does not count.</summary>
    public sealed record Released(ClaimedJob Job) : JobFinish(Job);
}
