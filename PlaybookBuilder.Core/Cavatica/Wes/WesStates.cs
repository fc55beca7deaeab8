namespace PlaybookBuilder.Core.Cavatica.Wes;

public static class WesStates
{
    /// <summary>What a service says. A state of a later specification is <see cref="WesState.Unknown"/>: nobody knows whether it ends anything.</summary>
    public static WesState Parse(string? text) => text switch
    {
        "QUEUED" => WesState.Queued,
        "INITIALIZING" => WesState.Initializing,
        "RUNNING" => WesState.Running,
        "PAUSED" => WesState.Paused,
        "COMPLETE" => WesState.Complete,
        "EXECUTOR_ERROR" => WesState.ExecutorError,
        "SYSTEM_ERROR" => WesState.SystemError,
        "CANCELED" => WesState.Canceled,
        "CANCELING" => WesState.Canceling,
        "PREEMPTED" => WesState.Preempted,
        _ => WesState.Unknown,
    };

    /// <summary>Whether the run has ended and no other state follows.</summary>
    public static bool IsTerminal(this WesState state) =>
        state is WesState.Complete or WesState.ExecutorError or WesState.SystemError or WesState.Canceled or WesState.Preempted;
}
