using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine.Queue;

/// <summary>The errors that the queue itself gives.</summary>
public static class JobErrors
{
    /// <summary>How often a job may take its worker down while it runs alone.</summary>
    public const int MostDeathsAlone = 3;

    /// <summary>The version of a result that no process type made: it counts at every version.</summary>
    public const int AnyVersion = -1;

    public static Datum Cancelled { get; } = ErrorData.ToDatum("Cancelled. Choose Recompute to run it again.");

    public static Datum TookWorkerDown { get; } = ErrorData.ToDatum($"This step stopped the program that ran it {MostDeathsAlone} times while nothing else ran; it may need more memory than there is. Choose Recompute to try again.");
}
