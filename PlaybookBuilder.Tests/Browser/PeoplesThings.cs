using System.Text.Json;
using Microsoft.Playwright;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>What makes the pages of accounts, saved playbooks and the administration show something, made over the API as a program of the user's would.</summary>
internal static class PeoplesThings
{
    public static readonly IReadOnlyList<string> Pages =
    [
        "/account", "/account/signin", "/account/signin/email", "/account/sign-ins", "/account/sessions", "/account/tokens", "/account/playbooks", "/account/uploads", "/account/suggestions", "/account/integrations", "/account/kept", "/account/bring/3f0e2a52-6a3c-4c44-9f5a-7a54ad4ee6b1/0b1a1cb0-3a4a-4f21-9a4d-fd4ab6a2e1aa", "/account/data",
        "/playbooks", "/playbooks/community", "/graph/suggest",
        "/admin", "/admin/jobs", "/admin/failed-steps", "/admin/programs", "/admin/users", "/admin/sessions", "/admin/playbooks", "/admin/uploads", "/admin/retention", "/admin/suggestions", "/admin/errors", "/admin/settings", "/admin/audit",
    ];

    private const string Document = """{"data": {}, "workflow": [{"id": "1", "type": "Input[Set[Gene]]", "data": {"type": "Set[Gene]", "value": {"description": "Mine", "set": ["ACE2"]}}}]}""";

    public static async Task MakeAsync(IAPIRequestContext requests)
    {
        var playbook = await PostAsync(requests, "/api/db/fpl", Document);
        var saved = await PostAsync(requests, $"/api/v1/user/playbooks/{playbook.GetString()}/update", "{}");
        await PostAsync(requests, $"/api/v1/user/playbooks/{saved.GetString()}/publish", """{"public": true, "title": "A title", "description": "What it is for", "authors": "A. Author"}""");
        await PostAsync(requests, "/api/suggest", """{"name": "t-SNE", "description": "Draws"}""");
        await PostAsync(requests, "/api/v1/user/tokens", """{"name": "one", "scopes": ["read"]}""");
        await PostAsync(requests, "/api/db/fpl", """{"workflow": [{"id": "1", "type": "Of former times"}]}""");
        var form = requests.CreateFormData();
        form.Append("file", new FilePayload { Name = "counts.csv", MimeType = "text/csv", Buffer = ",a\nACE2,1\n"u8.ToArray() });
        var uploaded = await requests.PostAsync("/api/v1/components/core/file/upload", new() { Multipart = form });
        Assert.True(uploaded.Ok, await uploaded.TextAsync());
    }

    private static async Task<JsonElement> PostAsync(IAPIRequestContext requests, string path, string json)
    {
        var answer = await requests.PostAsync(path, new() { Data = json, Headers = [new("Content-Type", "application/json")] });
        Assert.True(answer.Ok, $"{path}: {await answer.TextAsync()}");
        return (await answer.JsonAsync())!.Value;
    }
}
