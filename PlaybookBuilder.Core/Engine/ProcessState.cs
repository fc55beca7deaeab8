using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Engine;

/// <summary>Where a process stands.</summary>
public enum ProcessPhase
{
    /// <summary>Nobody asked for it yet.</summary>
    Unresolved,

    /// <summary>A prompt without an answer, or something that stands on one.</summary>
    WaitingForInput,

    Queued,

    Running,

    Resolved,

    Failed,

    /// <summary>Its type does not exist here.</summary>
    Unavailable,
}

/// <summary>Where a process stands, and what is known about that.</summary>
public sealed record ProcessState(Guid ProcessId, ProcessPhase Phase)
{
    /// <summary>The stored result; null where there is none, also where the failure is that of an input.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>Why it can't run, where that follows from another step or from the catalogue; the stored error is in the resolution's value.</summary>
    public string? Reason { get; init; }

    /// <summary>How many jobs stand before it in the queue; null while its own inputs are computed.</summary>
    public int? Place { get; init; }

    public ProgressReport? Progress { get; init; }

    /// <summary>When it was queued or, once it runs, begun.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether it was asked for and has no result yet.</summary>
    public bool IsAtWork => Phase is ProcessPhase.Queued or ProcessPhase.Running;

    /// <summary>Whether nothing more will happen by itself.</summary>
    public bool IsDone => Phase is ProcessPhase.Resolved or ProcessPhase.Failed or ProcessPhase.WaitingForInput or ProcessPhase.Unavailable;
}
