namespace PlaybookBuilder.Core.Engine.Queue;

/// <summary>How a run ended, for measurements.</summary>
internal enum JobOutcome
{
    Data,
    Error,

    /// <summary>It failed in a way that may pass; it runs again, or was tried often enough.</summary>
    Transient,
    Cancelled,

    /// <summary>Its worker is stopping; it runs elsewhere.</summary>
    Released,

    /// <summary>What it gave was not taken: the job had gone to somebody else meanwhile.</summary>
    Lost,
}

internal static class JobOutcomes
{
    public static JobOutcome Of(JobFinish finish) => finish switch
    {
        JobFinish.Retry => JobOutcome.Transient,
        JobFinish.Released => JobOutcome.Released,
        JobFinish.Resolved { Output.Type: not ErrorData.Spec } => JobOutcome.Data,
        JobFinish.Resolved resolved when resolved.Output.Id == JobErrors.Cancelled.Id => JobOutcome.Cancelled,
        JobFinish.Resolved { IsTransient: true } => JobOutcome.Transient,
        _ => JobOutcome.Error,
    };

    public static string ToTag(this JobOutcome outcome) => outcome switch
    {
        JobOutcome.Data => "data",
        JobOutcome.Error => "error",
        JobOutcome.Transient => "transient",
        JobOutcome.Cancelled => "cancelled",
        JobOutcome.Released => "released",
        _ => "lost",
    };
}
