namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>The states of a run (GA4GH WES 1.1, State).</summary>
public enum WesState
{
    /// <summary>The service does not know, or says something that the specification does not have.</summary>
    Unknown,
    Queued,
    Initializing,
    Running,
    Paused,
    Complete,
    ExecutorError,
    SystemError,
    Canceled,
    Canceling,
    Preempted,
}
