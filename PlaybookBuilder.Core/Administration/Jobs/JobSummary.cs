using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Core.Administration.Jobs;

/// <summary>A job, as administrators see it.</summary>
/// <param name="Id">The process that it is to compute.</param>
/// <param name="Type">The spec of the process.</param>
/// <param name="Owner">Who asked for it, as the queue has it: the id of a user, or nothing.</param>
/// <param name="OwnerName">The user's name; null where there is no such user.</param>
/// <param name="Attempt">How often it was begun.</param>
/// <param name="Deaths">How often a worker went down while it ran this.</param>
/// <param name="Worker">The number of the worker that has it.</param>
/// <param name="NotBefore">When it is to be tried again.</param>
internal sealed record JobSummary(
    Guid Id, string Type, JobState State, bool IsBatch, string Owner, string? OwnerName, int Attempt, int Deaths, int? Worker, DateTimeOffset Created, DateTimeOffset? Started, DateTimeOffset? NotBefore, bool IsCancelRequested)
{
    /// <summary>How far it says that it is, in percent.</summary>
    public double? Percent { get; init; }

    internal long Turn { get; init; }
}

/// <summary>A step that ended as an error lately.</summary>
/// <param name="ProcessId">What failed.</param>
/// <param name="Type">The spec of the process.</param>
internal sealed record FailedStep(long Id, DateTimeOffset At, Guid ProcessId, string Type, string Message, string Program, string? TraceId);

/// <param name="Cancelled">How many jobs will not run, those that stand on them among these.</param>
/// <param name="HasMore">Whether there are more: no more than so many go at once.</param>
internal sealed record Purge(int Cancelled, bool HasMore);
