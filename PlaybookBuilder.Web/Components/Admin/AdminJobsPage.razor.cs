using System.Globalization;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Web.Api.Admin;

namespace PlaybookBuilder.Web.Components.Admin;

/// <summary>The jobs of the whole deployment.</summary>
public sealed partial class AdminJobsPage
{
    private static readonly (string Name, string Title)[] States = [("", "All"), ("running", "Running"), ("queued", "Queued"), ("waiting", "Waiting")];

    private Paged<JobSummary>? _jobs;

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery] public string? Owner { get; set; }

    [Inject] internal JobList Jobs { get; set; } = null!;

    [Inject] public required ComponentCatalog Catalog { get; set; }

    [Inject] internal JobActions Actions { get; set; } = null!;

    protected override bool FollowsEngine => true;

    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        _jobs = await Jobs.ListAsync(Actor, AdminApi.ReadChoice<JobState>(State, "state"), Owner, Part, cancellationToken);

    private static string UrlOf(string? state, string? owner, string? after) =>
        // An owner without a name is one too.
        owner is { Length: 0 } ? $"{AppUrls.AdminList(AppUrls.AdminJobs, ("state", state), ("after", after))}{(string.IsNullOrEmpty(state) && after is null ? "?" : "&")}owner=" : AppUrls.AdminList(AppUrls.AdminJobs, ("state", state), ("owner", owner), ("after", after));

    private static string StateOf(JobSummary job) => job switch
    {
        { IsCancelRequested: true } => "being cancelled",
        { State: JobState.Running, Percent: { } percent } => string.Create(CultureInfo.InvariantCulture, $"running, {percent:0} %"),
        { State: JobState.Running } => "running",
        { State: JobState.Waiting } => "waits for other steps",
        { NotBefore: not null } => "is tried again soon",
        _ => "queued",
    };

    private Task CancelAsync(JobSummary job) => ActAsync($"{StepName.LabelOf(Catalog, job.Type)} was cancelled.", (address, token) => Actions.CancelAsync(Actor, job.Id, address, token));

    private Task PurgeAsync() => ActAsync(async (address, token) =>
    {
        var purge = await Actions.PurgeAsync(Actor, Owner, address, token);
        return purge.HasMore ? $"{purge.Cancelled} jobs were cancelled; there are more." : "The queue was emptied.";
    });
}
