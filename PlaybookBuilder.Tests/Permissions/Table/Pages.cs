using static PlaybookBuilder.Tests.Permissions.PermissionTable;

namespace PlaybookBuilder.Tests.Permissions.Table;

/// <summary>What browsers open.</summary>
internal static class Pages
{
    public static readonly IReadOnlyList<RoutePermission> Rows =
    [
        .. new[] { "/", "/graph", "/graph/start", "/graph/extend", "/graph/suggest", "/playbooks", "/playbooks/community", "/components", "/account/signin", "/account/signin/email" }.Select(path => Get(path, Access.Everybody())),
        .. new[] { "/graph/{PlaybookId}", "/graph/{PlaybookId}/extend", "/graph/{PlaybookId}/suggest", "/report/{PlaybookId}" }.Select(pattern => Get(pattern, Access.Everybody(), async things => new(pattern.Replace("{PlaybookId}", (await things.PlaybookAsync()).Id, StringComparison.Ordinal)))),
        .. new[] { "/graph/{PlaybookId}/node/{NodeIds}", "/graph/{PlaybookId}/node/{NodeIds}/extend", "/graph/{PlaybookId}/node/{NodeIds}/suggest" }.Select(pattern => Get(pattern, Access.Everybody(), things => AtStepAsync(pattern, things))),
        Get("/components/{Spec}", Access.Everybody(), _ => Task.FromResult(new Question("/components/Term[Gene]"))),
        Get("/error", Access.Everybody()),
        Get("/not-found", Access.Everybody()),
        Get("/playbooks/{id:guid}/open", Access.Everybody(302), async things => new($"/playbooks/{await things.PublishedAsync()}/open")),
        Get("/account/signin/with/{id}", Access.Everybody(404), _ => Task.FromResult(new Question("/account/signin/with/nobody"))),
        .. new[] { "/account", "/account/sign-ins", "/account/sessions", "/account/tokens", "/account/playbooks", "/account/uploads", "/account/suggestions", "/account/integrations", "/account/kept", "/account/data", "/account/data/export" }.Select(path => Get(path, Access.UsersPage)),
        .. new[] { "/admin", "/admin/jobs", "/admin/failed-steps", "/admin/programs", "/admin/users", "/admin/sessions", "/admin/playbooks", "/admin/uploads", "/admin/retention", "/admin/suggestions", "/admin/errors", "/admin/settings", "/admin/audit" }.Select(path => Get(path, Access.Admins())),
        Get("/account/bring/{SessionId:guid}/{PlaybookId:guid}", Access.UsersPage, static _ => Task.FromResult(new Question($"/account/bring/{Guid.NewGuid()}/{Guid.NewGuid()}"))),
        Get("/admin/users/{Id:guid}", Access.Admins(), things => Task.FromResult(new Question($"/admin/users/{things.UserId}"))),
        // What a form of ours does not send is refused whoever sends it.
        .. new[] { "/account/signin/email/send", "/account/signin/email/open", "/account/signout", "/account/signout/everywhere" }.Select(path => Post(path, Access.Everybody(400), static () => "{}")),
    ];

    private static async Task<Question> AtStepAsync(string pattern, OwnersThings things)
    {
        var (id, step) = await things.PlaybookAsync();
        return new(pattern.Replace("{PlaybookId}", id, StringComparison.Ordinal).Replace("{NodeIds}", step["id"]!.GetValue<string>(), StringComparison.Ordinal));
    }
}
