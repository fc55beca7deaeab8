using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Permissions;

namespace PlaybookBuilder.Tests.Api;

/// <summary>Playbooks that name files, over HTTP: whose files they may be, and what becomes of deleted ones.</summary>
public sealed class FilesInPlaybooksTests(PermissionServer server) : IClassFixture<PermissionServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/api/db/fpl", true)]
    [InlineData("POST", "/api/db/fpl/start/extend", false)]
    [InlineData("POST", "/api/db/fpl/{id}/extend", false)]
    [InlineData("POST", "/api/db/fpl/{id}/rebase/{process}", false)]
    public async Task Naming_AFile_IsForItsOwnerFirst(string method, string pattern, bool isDocument)
    {
        var things = server.ThingsOf(Caller.Owner);
        var url = await things.UploadAsync();
        var (id, step) = await things.PlaybookAsync();
        var path = pattern.Replace("{id}", id, StringComparison.Ordinal).Replace("{process}", step["process"]!["id"]!.GetValue<string>(), StringComparison.Ordinal);
        var process = $$"""{"id": "1", "type": "FileInput", "data": {"type": "FileURL", "value": {"url": "{{url}}", "filename": "counts.csv"} } }""";
        var question = new Question(path, isDocument ? $$"""{"workflow": [{{process}}]}""" : process);

        foreach (var credential in server.Credentials.Where(credential => credential.Caller is Caller.Anonymous or Caller.OtherUser or Caller.Service))
        {
            var (status, problem) = await AskAsync(method, question, credential);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("not here, or not yours", problem, StringComparison.Ordinal);
            Assert.Contains(url[(url.LastIndexOf('/') + 1)..], problem, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(method, question, server.InBrowser(Caller.Owner))).Status);
        // The very same value is known now, with what it gives.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(method, question, server.Credentials.First(credential => credential.Caller == Caller.Anonymous))).Status);
    }

    [Fact]
    public async Task SharedPlaybook_IsExtendedBySomebodyElse_WhoGetsNoBytes()
    {
        var things = server.ThingsOf(Caller.Owner);
        var url = await things.UploadAsync();
        var other = server.InBrowser(Caller.OtherUser);
        var document = $$"""{"workflow": [{"id": "1", "type": "FileInput", "data": {"type": "FileURL", "value": {"url": "{{url}}", "filename": "counts.csv"} } }]}""";
        var id = JsonNode.Parse((await AskAsync("POST", new("/api/db/fpl", document), server.InBrowser(Caller.Owner))).Body)!.GetValue<string>();
        var step = JsonNode.Parse((await AskAsync("GET", new($"/api/db/fpl/{id}"), other)).Body)![0]!["process"]!;

        var (status, body) = await AskAsync("POST", new($"/api/db/fpl/{id}/extend", $$"""{"type": "GeneCountMatrixFromFile", "inputs": {"file": {"id": "{{step["id"]}}"} } }"""), other);

        Assert.True(status == HttpStatusCode.OK, body);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("GET", new($"/api/data/{step["data"]!["id"]}/file"), other)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("GET", new($"/api/v1/components/core/file/download?url={Uri.EscapeDataString(url)}"), other)).Status);
    }

    [Fact]
    public async Task FilePrompt_ForSomebodyWhoIsNotSignedIn_LeadsToTheSignInAndBackToTheStep()
    {
        var anonymous = server.Credentials.First(credential => credential.Caller == Caller.Anonymous);
        var id = JsonNode.Parse((await AskAsync("POST", new("/api/db/fpl", """{"workflow": [{"id": "1", "type": "FileInput"}]}"""), anonymous)).Body)!.GetValue<string>();
        var step = JsonNode.Parse((await AskAsync("GET", new($"/api/db/fpl/{id}"), anonymous)).Body)![0]!["id"]!.GetValue<string>();
        var path = $"/graph/{id}/node/{step}";
        var signIn = $"account/signin?returnUrl={Uri.EscapeDataString(path)}";

        Assert.Contains($"href=\"{signIn}\"", (await AskAsync("GET", new(path), anonymous)).Body, StringComparison.Ordinal);
        Assert.Contains($"name=\"returnUrl\" value=\"{path}\"", (await AskAsync("GET", new($"/{signIn}"), anonymous)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign in to upload", (await AskAsync("GET", new(path), server.InBrowser(Caller.Owner))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_ListedInPartsUsedAndDeleted_AreGone()
    {
        var newcomer = await server.NewcomerAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var (_, body) = await AskAsync("POST", new("/api/v1/components/core/file/upload", UploadsFile: true), newcomer);
            var url = JsonNode.Parse(body)!["file"]![0]!["url"]!.GetValue<string>();
            ids.Add(url[(url.LastIndexOf('/') + 1)..]);
        }

        using var first = await SendAsync("GET", new("/api/v1/user/uploads?limit=2"), newcomer);
        var part = await first.Content.ReadFromJsonAsync<JsonArray>(Cancellation);
        Assert.Equal(2, part!.Count);
        var link = first.Headers.GetValues("Link").Single();
        using var second = await SendAsync("GET", new("/api/v1/user/uploads" + link[1..link.IndexOf('>', StringComparison.Ordinal)]), newcomer);
        var rest = await second.Content.ReadFromJsonAsync<JsonArray>(Cancellation);
        Assert.False(second.Headers.Contains("Link"));
        Assert.Equal(ids.Order(), part.Concat(rest!).Select(upload => upload!["id"]!.GetValue<string>()).Order());

        var file = part[0]!;
        await AskAsync("POST", new("/api/db/fpl", $$"""{"workflow": [{"id": "1", "type": "FileInput", "data": {"type": "FileURL", "value": {"url": "{{file["url"]}}", "filename": "a.txt"} } }]}"""), newcomer);
        var use = JsonNode.Parse((await AskAsync("GET", new($"/api/v1/user/uploads/{file["id"]}"), newcomer)).Body)!;
        Assert.Equal((1, 0, 0), (use["answers"]!.GetValue<int>(), use["saved_playbooks"]!.GetValue<int>(), use["published_playbooks"]!.GetValue<int>()));

        Assert.Equal((HttpStatusCode.NoContent, ""), await AskAsync("DELETE", new($"/api/v1/user/uploads/{file["id"]}"), newcomer));
        Assert.Equal((HttpStatusCode.OK, "null"), await AskAsync("POST", new($"/api/v1/user/uploads/{rest![0]!["id"]}/delete", "{}"), newcomer));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("DELETE", new($"/api/v1/user/uploads/{file["id"]}"), newcomer)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("GET", new($"/api/v1/components/core/file/download?url={Uri.EscapeDataString(file["url"]!.GetValue<string>())}"), newcomer)).Status);
        Assert.Single(JsonNode.Parse((await AskAsync("GET", new("/api/v1/user/uploads"), newcomer)).Body)!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("GET", new("/api/v1/user/uploads?after=nonsense"), newcomer)).Status);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string method, Question question, Credential credential)
    {
        using var answer = await SendAsync(method, question, credential);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, Question question, Credential credential)
    {
        using var request = question.ToRequest(method);
        credential.Show(request);
        return await server.Client.SendAsync(request, Cancellation);
    }
}
