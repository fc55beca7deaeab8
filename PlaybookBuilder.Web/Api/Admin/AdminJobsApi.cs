using System.Security.Claims;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using static PlaybookBuilder.Web.Api.Admin.AdminApi;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>Jobs, for administrators.</summary>
internal static class AdminJobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/jobs", ListAsync).Describe(List("Jobs", $"Those that run, then those that could, then those that wait for others, each in the order of the queue; in one `state` (running, queued, waiting) or of one `owner` (the id of a user) where these are given. {Paging}", AdminSchemas.Jobs));
        admin.MapGet("/jobs/failed", ListFailedAsync).Describe(List("Steps that ended as errors lately", $"Newest first, as far back as the log of errors goes. {Paging}", AdminSchemas.FailedSteps));
        admin.MapPost("/jobs/purge", PurgeAsync).Describe(Action("Empty the queue", "Cancels all that does not run, of one `owner` where that is given; 10,000 jobs at most at a time.", gives: AdminSchemas.Purge));
        admin.MapPost("/jobs/{id}/cancel", (string id, HttpContext context, JobActions jobs) => DoAsync(context, "job.cancel", id, jobs.CancelAsync)).Describe(Action("Cancel a job", "Stops it where it runs; what stands on it goes with it."));
        admin.MapPost("/jobs/{id}/retry", (string id, HttpContext context, JobActions jobs) => DoAsync(context, "job.retry", id, jobs.RetryAsync)).Describe(Action("Compute a step again", "Forgets its result, with all that stands on it, and asks for it again."));
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClaimsPrincipal user, JobList jobs, string? state, string? owner, string? after, int? limit) =>
        AdminJson.Answer(context, await jobs.ListAsync(user.ToActor(), ReadChoice<JobState>(state, "state"), owner, ApiPages.Part(after, limit), context.RequestAborted), JobJson.Of);

    private static async Task<IResult> ListFailedAsync(HttpContext context, ClaimsPrincipal user, JobList jobs, string? after, int? limit) =>
        AdminJson.Answer(context, await jobs.ListFailedAsync(user.ToActor(), ApiPages.Part(after, limit), context.RequestAborted));

    private static async Task<IResult> PurgeAsync(HttpContext context, ClaimsPrincipal user, JobActions jobs, string? owner)
    {
        // A misspelt owner is not to mean everybody.
        TakeOnly(context.Request, nameof(owner));
        return AdminJson.Answer(await jobs.PurgeAsync(user.ToActor(), owner, context.ToAddress(), context.RequestAborted));
    }
}
