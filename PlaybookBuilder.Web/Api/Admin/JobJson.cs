using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>A job, in the names that clients of the Playbook Workflow Builder know.</summary>
/// <param name="Name">The spec of the process, as <paramref name="Type"/>.</param>
/// <param name="Priority">1 where somebody sits and waits, else 0.</param>
internal sealed record JobJson(Guid Id, string Type, string Name, int Priority, JobState State, DateTimeOffset Createdon, DateTimeOffset? Startedon, DateTimeOffset? NotBefore, string Owner, string? OwnerName, int Attempt, int Deaths, int? Worker, bool CancelRequested, double? Percent)
{
    public static JobJson Of(JobSummary job) => new(
        job.Id, job.Type, job.Type, job.IsBatch ? 0 : 1, job.State, job.Created, job.Started, job.NotBefore, job.Owner, job.OwnerName, job.Attempt, job.Deaths, job.Worker, job.IsCancelRequested, job.Percent);
}
