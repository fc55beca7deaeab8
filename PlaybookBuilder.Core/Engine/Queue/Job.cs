namespace PlaybookBuilder.Core.Engine.Queue;

public enum JobState
{
    /// <summary>Somebody asked for it; some of its inputs have no result yet.</summary>
    Waiting = 0,

    /// <summary>Runnable.</summary>
    Queued = 1,

    /// <summary>A worker has it.</summary>
    Running = 2,
}

/// <summary>A process that somebody asked for and that has no result yet.</summary>
/// <param name="Attempt">How often it was begun, the present run included.</param>
/// <param name="Place">How many runnable jobs stand before it; null unless it is queued, and one of the first <see cref="MostPlaces"/>.</param>
/// <param name="IsCancelRequested">Whether it runs and should stop.</param>
public sealed record Job(Guid ProcessId, JobState State, int Attempt, DateTimeOffset Created, DateTimeOffset? Started, int? Place, bool IsCancelRequested = false)
{
    /// <summary>Behind so many, a place is not counted: reading a page is not to take longer with everything that waits.</summary>
    public const int MostPlaces = 1_000;
}

/// <summary>What a worker took.</summary>
/// <param name="Attempt">The fence: a finish of an older attempt is refused.</param>
public sealed record ClaimedJob(Guid ProcessId, int Worker, int Attempt)
{
    /// <summary>How long ago it was asked for when it was taken.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>The span in which it was asked for (W3C Trace Context); null when nobody traced then.</summary>
    public string? TraceParent { get; init; }

    /// <summary>A run is the same whatever else is known of it.</summary>
    public bool Equals(ClaimedJob? other) => other is not null && (ProcessId, Worker, Attempt) == (other.ProcessId, other.Worker, other.Attempt);

    public override int GetHashCode() => HashCode.Combine(ProcessId, Worker, Attempt);
}

/// <summary>What is asked for.</summary>
/// <param name="Version">The version of the process type; a result of another version does not count. With <see cref="JobErrors.AnyVersion"/> every result counts.</param>
public sealed record JobRequest(Guid ProcessId, int Version);

/// <summary>Who asks, for fairness between owners, and whether anybody sits and waits.</summary>
public sealed record Demand(string Owner, bool IsBatch = false)
{
    public static readonly Demand Anonymous = new("");
}
