using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PlaybookBuilder.Tests.Permissions;

/// <summary>What a user has, made anew each time that it is asked for.</summary>
/// <param name="owner">Asks as the user.</param>
/// <param name="startSessionAsync">Signs a browser of the user in, and gives the id of the session.</param>
/// <param name="enterAsync">Makes another account, and gives its id.</param>
/// <param name="launchAsync">Begins a session elsewhere, of which nothing more comes, or that is over, and gives its id.</param>
internal sealed class OwnersThings(HttpClient owner, Guid userId, Func<Task<Guid>> startSessionAsync, Func<Task<Guid>> enterAsync, Func<bool, Task<Guid>> launchAsync)
{
    public Task<Guid> ProxySessionAsync() => launchAsync(false);

    public Task<Guid> EndedProxySessionAsync() => launchAsync(true);

    public Guid UserId => userId;

    public Task<Guid> SessionAsync() => startSessionAsync();

    /// <summary>The id of an account that is somebody else's.</summary>
    public Task<Guid> NewcomerAsync() => enterAsync();

    /// <summary>A document that nobody has kept before.</summary>
    public static string Document() => $$"""{"data": {}, "workflow": [{"id": "1", "type": "Input[Set[Gene]]", "data": {"type": "Set[Gene]", "value": {"description": "{{Guid.NewGuid()}}", "set": ["ACE2"]} } }]}""";

    public static string Process() => """{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "ACE2"}}""";

    /// <summary>A playbook with its one step.</summary>
    public async Task<(string Id, JsonNode Step)> PlaybookAsync() => await KeepAsync(Document());

    /// <summary>A step of a type that nobody knows, whose data says that it is of this one.</summary>
    public async Task<string> DataAsync(string type, string value)
    {
        var (_, step) = await KeepAsync($$"""{"workflow": [{"id": "1", "type": "Of former times {{Guid.NewGuid()}}", "data": {"type": "{{type}}", "value": {{value}} } }]}""");
        return step["process"]!["data"]!["id"]!.GetValue<string>();
    }

    /// <summary>A saved playbook that only its owner sees, by the id of what is saved.</summary>
    public async Task<string> SavedAsync()
    {
        var (id, _) = await PlaybookAsync();
        var kept = await PostAsync($"/api/v1/user/playbooks/{id}/update", "{}");
        return (await owner.GetFromJsonAsync<JsonNode>($"/api/v1/user/playbooks/{kept}"))!["id"]!.GetValue<string>();
    }

    public async Task<string> DeletedAsync()
    {
        var saved = await SavedAsync();
        await PostAsync($"/api/v1/user/playbooks/{saved}/delete", "{}");
        return saved;
    }

    public async Task<string> PublishedAsync()
    {
        var saved = await SavedAsync();
        await PostAsync($"/api/v1/user/playbooks/{saved}/publish", """{"public": true, "title": "A title", "description": "What it is for", "authors": "A. Author"}""");
        return saved;
    }

    public async Task<string> SuggestionAsync() => (await PostAsync("/api/suggest", """{"name": "t-SNE", "description": "Draws"}"""))["id"]!.GetValue<string>();

    /// <summary>A job that nobody works at, by the id of its process.</summary>
    public async Task<string> JobAsync()
    {
        var (id, step) = await PlaybookAsync();
        using var request = new Question($"/api/db/fpl/{id}/output").ToRequest("GET");
        using var answer = await owner.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        return step["process"]!["id"]!.GetValue<string>();
    }

    /// <summary>The drs:// address of a file.</summary>
    public async Task<string> UploadAsync()
    {
        using var form = new MultipartFormDataContent { { new StringContent($",a\n{Guid.NewGuid()},1\n"), "file", "counts.csv" } };
        using var answer = await owner.PostAsync("/api/v1/components/core/file/upload", form);
        return (await ReadAsync(answer))["file"]![0]!["url"]!.GetValue<string>();
    }

    /// <summary>An upload that is not complete, by its id.</summary>
    public async Task<string> ResumableAsync()
    {
        using var request = new Question("/api/v1/uploads/tus") { Headers = new Dictionary<string, string> { ["Tus-Resumable"] = "1.0.0", ["Upload-Length"] = "10" } }.ToRequest("POST");
        using var answer = await owner.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Split('/')[^1];
    }

    public async Task<string> UploadIdAsync() => (await UploadAsync()).Split('/')[^1];

    /// <summary>Data that names such a file.</summary>
    public async Task<string> FileDataAsync(string type) => await DataAsync(type, $$"""{"url": "{{await UploadAsync()}}", "filename": "counts.csv", "shape": [1, 1], "index": ["a"], "columns": ["a"], "values": [[1]], "ellipses": [null, null]}""");

    public async Task<string> TokenAsync() => (await MakeTokenAsync())["kept"]!["id"]!.GetValue<string>();

    private Task<JsonNode> MakeTokenAsync() => PostAsync("/api/v1/user/tokens", """{"name": "one", "scopes": ["read"]}""");

    private async Task<(string Id, JsonNode Step)> KeepAsync(string document)
    {
        var id = (await PostAsync("/api/db/fpl", document)).GetValue<string>();
        var steps = (await owner.GetFromJsonAsync<JsonNode>($"/api/db/fpl/{id}"))!.AsArray();
        return (id, steps[^1]!);
    }

    private async Task<JsonNode> PostAsync(string path, string json)
    {
        using var request = new Question(path, json).ToRequest("POST");
        using var answer = await owner.SendAsync(request);
        return await ReadAsync(answer);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
