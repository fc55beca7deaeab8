namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>A step that ended as an error in this program.</summary>
/// <param name="Type">The spec of the process.</param>
/// <param name="Message">What its user reads.</param>
internal sealed record JobFailure(Guid ProcessId, string Type, string Message);

/// <summary>Tells of the steps that end as errors in this program.</summary>
internal sealed class JobFailures
{
    /// <summary>Raised on the thread of the run: whoever listens must be quick and must not throw.</summary>
    public event Action<JobFailure>? Failed;

    public void Tell(JobFailure failure) => Failed?.Invoke(failure);
}
