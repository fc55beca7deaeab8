using static PlaybookBuilder.Tests.Permissions.PermissionTable;

namespace PlaybookBuilder.Tests.Permissions.Table;

/// <summary>What takes a sign-in: each user's own.</summary>
internal static class UserRoutes
{
    private const string Profile = "/api/db/user/profile";
    private const string Saved = "/api/v1/user/playbooks";
    private const string Tokens = "/api/v1/user/tokens";
    private const string Suggestions = "/api/db/user/suggestions";
    private const string Upload = "/api/v1/components/core/file/upload";
    private const string Uploads = "/api/v1/user/uploads";
    private const string Tus = "/api/v1/uploads/tus";
    private const string Cavatica = "/api/v1/user/integrations/cavatica";
    private const string Download = "/api/v1/components/core/file/download";

    public static readonly IReadOnlyList<RoutePermission> Rows =
    [
        Get(Profile, Access.Users()),
        Post(Profile, Access.Users(), static () => """{"affiliation": "A place"}"""),
        Get(Tokens, Access.Users()),
        Post(Tokens, Access.InBrowsers, static () => """{"name": "one", "scopes": ["read"]}"""),
        Post($"{Tokens}/{{id}}/revoke", Access.OnlyOwner(), async things => new($"{Tokens}/{await things.TokenAsync()}/revoke", "{}")),
        new("DELETE", $"{Tokens}/{{id}}", Access.OnlyOwner(204), async things => new($"{Tokens}/{await things.TokenAsync()}")),
        Post("/api/db/user/delete", Access.InBrowsers, static () => "{}") with { EndsAccount = true },
        Get(Suggestions, Access.Users()),
        Post("/api/suggest", Access.Users(), static () => """{"name": "t-SNE", "description": "Draws"}"""),
        Post($"{Suggestions}/{{id}}/delete", Access.OnlyOwner(), async things => new($"{Suggestions}/{await things.SuggestionAsync()}/delete", "{}")),

        Get(Saved, Access.Users()),
        Get($"{Saved}/{{id}}", Access.OnlyOwner() with { Anonymous = 404, Service = 404 }, async things => new($"{Saved}/{await things.SavedAsync()}")),
        Post($"{Saved}/{{id}}/update", Access.OnlyOwner(), things => OfSavedAsync(things, "update", "{}")),
        Post($"{Saved}/{{id}}/publish", Access.OnlyOwner(), things => OfSavedAsync(things, "publish", """{"public": true, "title": "A title", "description": "What it is for", "authors": "A. Author"}""")),
        Post($"{Saved}/{{id}}/delete", Access.OnlyOwner(), things => OfSavedAsync(things, "delete", "{}")),
        Post($"{Saved}/{{id}}/undelete", Access.OnlyOwner(), async things => new($"{Saved}/{await things.DeletedAsync()}/undelete", "{}")),
        Post($"{Saved}/{{id}}/duplicate", Access.OnlyOwner(), things => OfSavedAsync(things, "duplicate", "{}")),
        Get($"{Saved}/{{id}}/versions", Access.OnlyOwner(), async things => new($"{Saved}/{await things.SavedAsync()}/versions")),
        Post($"{Saved}/{{id}}/versions/{{number}}/restore", Access.OnlyOwner(), things => OfSavedAsync(things, "versions/1/restore", "{}")),

        Post(Upload, Access.Users() with { Service = 403 }, _ => Task.FromResult(new Question(Upload, UploadsFile: true))),
        // A file of the owner's is fetched once more by the address that it has here.
        Post("/api/v1/components/core/file/fetch", Access.OwnerAndAdmins() with { Service = 403 }, async things => new("/api/v1/components/core/file/fetch", $$"""{"url": "{{await things.UploadAsync()}}"}""")),
        Get(Uploads, Access.Users()),
        Get($"{Uploads}/{{id}}", Access.OnlyOwner(), async things => new($"{Uploads}/{await things.UploadIdAsync()}")),
        Post($"{Uploads}/{{id}}/share", Access.OnlyOwner(), async things => new($"{Uploads}/{await things.UploadIdAsync()}/share", """{"sharing": "link"}""")),
        Post(Tus, Access.Users(201) with { Service = 403 }, static _ => Task.FromResult(OfTus(Tus, ("Upload-Length", "10")))),
        Get($"{Tus}/{{id}}", Access.OnlyOwner() with { Service = 403 }, async things => new($"{Tus}/{await things.ResumableAsync()}")),
        new("PATCH", $"{Tus}/{{id}}", Access.OnlyOwner(204) with { Service = 403 }, async things => OfTus($"{Tus}/{await things.ResumableAsync()}", ("Upload-Offset", "0"), ("Content-Type", "application/offset+octet-stream"))),
        new("DELETE", $"{Tus}/{{id}}", Access.OnlyOwner(204) with { Service = 403 }, async things => OfTus($"{Tus}/{await things.ResumableAsync()}")),
        Post($"{Tus}/{{id}}", Access.OnlyOwner(204) with { Service = 403 }, async things => OfTus($"{Tus}/{await things.ResumableAsync()}", ("X-HTTP-Method-Override", "DELETE"))),
        Post($"{Uploads}/{{id}}/delete", Access.OnlyOwner(), async things => new($"{Uploads}/{await things.UploadIdAsync()}/delete", "{}")),
        new("DELETE", $"{Uploads}/{{id}}", Access.OnlyOwner(204), async things => new($"{Uploads}/{await things.UploadIdAsync()}")),
        Get(Download, Access.OwnerAndAdmins() with { Service = 403 }, async things => new($"{Download}?url={Uri.EscapeDataString(await things.UploadAsync())}")),
        Get(Cavatica, Access.Users()),
        // There is no key here; whoever may keep none is told that first.
        Post(Cavatica, Access.InBrowsers with { Owner = 400, OtherUser = 400, Admin = 400 }, static () => "{}"),
        new("PUT", Cavatica, Access.InBrowsers with { Owner = 400, OtherUser = 400, Admin = 400 }, static _ => Task.FromResult(new Question(Cavatica, "{}"))),
        new("DELETE", Cavatica, Access.InBrowsers with { Owner = 404, OtherUser = 404, Admin = 404 }, static _ => Task.FromResult(new Question(Cavatica))),
        Get($"{Cavatica}/projects", Access.InBrowsers with { Owner = 400, OtherUser = 400, Admin = 400 }),
        Get($"{Cavatica}/sessions", Access.Users()),
        // There are none here; who may not begin one is told that first.
        Post($"{Cavatica}/launch", Access.InBrowsers with { Owner = 400, OtherUser = 400, Admin = 400 }, static () => "{}"),
        Get($"{Cavatica}/{{session}}/status", Access.OnlyOwner(), async things => new($"{Cavatica}/{await things.ProxySessionAsync()}/status")),
        Post($"{Cavatica}/{{session}}/disconnect", Access.OnlyOwner(), async things => new($"{Cavatica}/{await things.ProxySessionAsync()}/disconnect", "{}")),
        // Nobody has a project here.
        Get($"{Cavatica}/work", Access.Users(400)),
        Post($"{Cavatica}/work", Access.Users(400), static () => """{"name": "any.json"}"""),
        // There is no worker that could be asked.
        Post($"{Cavatica}/{{session}}/open", Access.OnlyOwner(503), async things => new($"{Cavatica}/{await things.ProxySessionAsync()}/open", $$"""{"id": "{{(await things.PlaybookAsync()).Id}}"}""")),
        Post($"{Cavatica}/{{session}}/bring", Access.OnlyOwner(503), async things => new($"{Cavatica}/{await things.ProxySessionAsync()}/bring", $$"""{"id": "{{(await things.PlaybookAsync()).Id}}"}""")),
        // Where people sign in, browsers get no session from the application's own origin; a token gets as far as the session, which is over.
        Post("/socket/{session:guid}/{**path}", Access.OnlyOwner(403) with { OwnerWithToken = 410, Service = 403 }, async things => new($"/socket/{await things.EndedProxySessionAsync()}/graph", "{}")),
        // Nor is there an origin of their own here.
        Get("/socket/{session:guid}/~enter", new Access(302, 403, 404, 404, 403), async things => new($"/socket/{await things.ProxySessionAsync()}/~enter")),
        Get("/api/data/{id:guid}/file", Access.OwnerAndAdmins() with { Service = 403 }, async things => new($"/api/data/{await things.FileDataAsync("FileURL")}/file")),
        Get("/api/data/{id:guid}/matrix.csv", Access.OwnerAndAdmins() with { Service = 403 }, async things => new($"/api/data/{await things.FileDataAsync("GeneCountMatrix")}/matrix.csv")),
    ];

    private static Question OfTus(string path, params (string Name, string Value)[] headers) =>
        new(path) { Headers = new Dictionary<string, string>(headers.Select(static header => KeyValuePair.Create(header.Name, header.Value))) { ["Tus-Resumable"] = "1.0.0" } };

    private static async Task<Question> OfSavedAsync(OwnersThings things, string act, string json) => new($"{Saved}/{await things.SavedAsync()}/{act}", json);
}
