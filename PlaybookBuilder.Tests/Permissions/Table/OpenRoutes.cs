using System.Text.Json.Nodes;
using static PlaybookBuilder.Tests.Permissions.PermissionTable;

namespace PlaybookBuilder.Tests.Permissions.Table;

/// <summary>What whoever knows the id of a playbook may do: to share a playbook is to tell its id.</summary>
internal static class OpenRoutes
{
    private const string Playbooks = "/api/db/fpl";
    private const string Processes = "/api/db/process";
    private const string Data = "/api/data/{id:guid}";

    public static readonly IReadOnlyList<RoutePermission> Rows =
    [
        Get("/api/components", Access.Everybody()),
        .. new[] { "", "/next", "/prev" }.Select(rest => Get($"/api/components/{{spec}}{rest}", Access.Everybody(), _ => Task.FromResult(new Question($"/api/components/Term[Gene]{rest}")))),
        new("OPTIONS", "/api/v1/uploads/tus", Access.Everybody(204), static _ => Task.FromResult(new Question("/api/v1/uploads/tus"))),
        // It takes the secret of a session, which nobody here has.
        Get("/api/v1/sessions/{id:guid}/tunnel", Access.Everybody(401), async things => new($"/api/v1/sessions/{await things.ProxySessionAsync()}/tunnel")),
        Get("/api/v1/public/playbooks", Access.Everybody()),
        Get("/api/v1/public/user/playbooks", Access.Everybody()),
        Get("/api/suggest", Access.Everybody()),
        Get("/api/db/user/{id}/profile", Access.Everybody(), things => Task.FromResult(new Question($"/api/db/user/{things.UserId}/profile"))),

        Post(Playbooks, Access.Everybody(), OwnersThings.Document),
        Get($"{Playbooks}/{{id}}", Access.Everybody(), things => OfPlaybookAsync(things, "")),
        Get($"{Playbooks}/{{id}}/export", Access.Everybody(), things => OfPlaybookAsync(things, "/export")),
        Get($"{Playbooks}/{{id}}/output", Access.Everybody(202), things => OfPlaybookAsync(things, "/output")),
        Get($"{Playbooks}/{{id}}/output/export", Access.Everybody(202), things => OfPlaybookAsync(things, "/output/export")),
        Get($"{Playbooks}/{{id}}/status", Access.Everybody(), things => OfPlaybookAsync(things, "/status")),
        Get($"{Playbooks}/{{id}}/events", Access.Everybody(), things => OfPlaybookAsync(things, "/events")),
        Post($"{Playbooks}/{{id}}/cancel", Access.Everybody(), things => OfPlaybookAsync(things, "/cancel", _ => "")),
        Post($"{Playbooks}/{{id}}/extend", Access.Everybody(), things => OfPlaybookAsync(things, "/extend", _ => OwnersThings.Process())),
        Post($"{Playbooks}/{{id}}/rebase/{{process}}", Access.Everybody(), things => OfStepAsync(things, step => $"/rebase/{ProcessOf(step)}", OwnersThings.Process())),
        Post($"{Playbooks}/{{id}}/rebaseMetadata/{{step}}", Access.Everybody(), things => OfStepAsync(things, step => $"/rebaseMetadata/{step["id"]}", """{"title": "Another"}""")),
        Post($"{Playbooks}/{{id}}/recompute/{{step}}", Access.Everybody(), things => OfStepAsync(things, step => $"/recompute/{step["id"]}", "{}")),

        Get($"{Processes}/{{id}}", Access.Everybody(), things => OfProcessAsync(things, "")),
        Get($"{Processes}/{{id}}/inputs", Access.Everybody(), things => OfProcessAsync(things, "/inputs")),
        Get($"{Processes}/{{id}}/output", Access.Everybody(202), things => OfProcessAsync(things, "/output")),
        // Results are shared, so forgetting one is for administrators.
        Post($"{Processes}/{{id}}/output/delete", new Access(403, 403, 403, 200, 403), things => OfProcessAsync(things, "/output/delete")),

        .. new[] { Data, $"{Data}/table.{{format:regex(^(csv|tsv|json)$)}}" }.Select(pattern => Get(pattern, Access.Everybody(), async things => new($"/api/data/{await SetAsync(things)}{(pattern == Data ? "" : "/table.csv")}"))),
        Get($"{Data}/library.{{format:regex(^(gmt|dmt)$)}}", Access.Everybody(), async things => new($"/api/data/{await things.DataAsync("GMT", """{"a\tb": {"description": "c", "set": ["ACE2"]}}""")}/library.gmt")),

        // What describes the API, and what keeps an open page alive; whose page it is, each circuit asks for itself.
        Get("/openapi/{documentName?}", Access.Everybody(), static _ => Task.FromResult(new Question("/openapi/v1"))),
        Get("/openapi/{documentName}.json", Access.Everybody(), static _ => Task.FromResult(new Question("/openapi/v1.json"))),
        .. new[] { "favicon.svg", "scalar.js", "scalar.aspnetcore.js" }.Select(file => Get($"/openapi/{file}", Access.Everybody())),
        Post("/_blazor/negotiate", Access.Everybody(), static _ => Task.FromResult(new Question("/_blazor/negotiate?negotiateVersion=1", ""))),
        .. new[] { "/_blazor", "/_blazor/disconnect" }.Select(path => Post(path, Access.Everybody(400), static () => "")),
        Post("/_blazor/initializers", Access.Everybody(), static () => ""),

        Get("/healthz", Access.Everybody()),
        Get("/readyz", Access.Everybody()),
    ];

    private static Task<string> SetAsync(OwnersThings things) => things.DataAsync("Set[Gene]", """{"description": "a", "set": ["ACE2"]}""");

    private static string ProcessOf(JsonNode step) => step["process"]!["id"]!.GetValue<string>();

    private static async Task<Question> OfPlaybookAsync(OwnersThings things, string rest, Func<OwnersThings, string>? json = null) =>
        new($"{Playbooks}/{(await things.PlaybookAsync()).Id}{rest}", json?.Invoke(things));

    private static async Task<Question> OfStepAsync(OwnersThings things, Func<JsonNode, string> rest, string json)
    {
        var (id, step) = await things.PlaybookAsync();
        return new($"{Playbooks}/{id}{rest(step)}", json);
    }

    private static async Task<Question> OfProcessAsync(OwnersThings things, string rest) => new($"{Processes}/{ProcessOf((await things.PlaybookAsync()).Step)}{rest}");
}
