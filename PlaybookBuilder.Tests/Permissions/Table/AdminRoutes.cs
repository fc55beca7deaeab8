using static PlaybookBuilder.Tests.Permissions.PermissionTable;

namespace PlaybookBuilder.Tests.Permissions.Table;

/// <summary>The administration. For everybody else there is nothing.</summary>
internal static class AdminRoutes
{
    private const string Root = "/api/v1/admin";

    public static readonly IReadOnlyList<RoutePermission> Rows =
    [
        .. new[] { "overview", "programs", "errors", "settings", "audit", "jobs", "jobs/failed", "users", "sessions", "playbooks", "uploads", "storage", "storage/damaged", "retention", "suggestions" }.Select(list => Get($"{Root}/{list}", Access.Admins())),
        Get($"{Root}/users/{{id}}", Access.Admins(), things => Task.FromResult(new Question($"{Root}/users/{things.UserId}"))),
        .. new[] { "grant-admin", "revoke-admin", "disable", "enable" }.Select(act => Post($"{Root}/users/{{id}}/{act}", Access.Admins(), async things => new($"{Root}/users/{await things.NewcomerAsync()}/{act}", ""))),
        Post($"{Root}/sessions/{{id}}/revoke", Access.Admins(), async things => new($"{Root}/sessions/{await things.SessionAsync()}/revoke", "")),
        Post($"{Root}/jobs/purge", Access.Admins(), async things => new($"{Root}/jobs/purge?owner={await things.NewcomerAsync()}", "")),
        Post($"{Root}/retention/free", Access.Admins(), _ => Task.FromResult(new Question($"{Root}/retention/free?days=1000", ""))),
        .. new[] { "cancel", "retry" }.Select(act => Post($"{Root}/jobs/{{id}}/{act}", Access.Admins(), async things => new($"{Root}/jobs/{await things.JobAsync()}/{act}", ""))),
        .. new[] { "curate", "uncurate", "unpublish" }.Select(act => Post($"{Root}/playbooks/{{id}}/{act}", Access.Admins(), async things => new($"{Root}/playbooks/{await things.PublishedAsync()}/{act}", ""))),
        .. new[] { "accept", "decline" }.Select(act => Post($"{Root}/suggestions/{{id}}/{act}", Access.Admins(), async things => new($"{Root}/suggestions/{await things.SuggestionAsync()}/{act}", """{"answer": "So it is."}"""))),
    ];
}
