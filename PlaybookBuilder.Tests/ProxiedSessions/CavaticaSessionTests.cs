using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>Sessions on a fake of CAVATICA whose workers are the published program, started from the CWL that the application submits.</summary>
public sealed class CavaticaSessionTests : IAsyncLifetime
{
    private const string Cavatica = "/api/v1/user/integrations/cavatica";
    private const string Project = "Ada/lab";

    private readonly TemporaryFolder _folder = new();
    private FakeSevenBridges _platform = null!;
    private FakeWes _wes = null!;
    private string _key = "";
    private PublishedProgram? _program;
    private HttpClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _platform = await FakeSevenBridges.StartAsync();
        _platform.SmallestPart = 64 * 1024;
        _wes = await FakeWes.StartAsync();
        _wes.Platform = _platform;
        _wes.Executable = PublishedProgram.Executable;
        _wes.FirstStates = ["QUEUED", "INITIALIZING"];
        _key = _wes.AddToken(_platform.AddUser("Ada"));
        _platform.AddProject(Project);
        _program = await PublishedProgram.StartAsync(_folder, settings: new Dictionary<string, string>
        {
            ["SESSION_LAUNCHER"] = "wes",
            ["CAVATICA_WORKER_IMAGE"] = "registry.example.org/playbook-builder:1",
            ["CAVATICA_API_ENDPOINT"] = _platform.Address.ToString(),
            ["CAVATICA_WES_ENDPOINT"] = _wes.Endpoint.ToString(),
        });
        _client = new HttpClient { BaseAddress = _program.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_program is not null) await _program.DisposeAsync();
        await _wes.DisposeAsync();
        await _platform.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Session_OnThePlatform_KeepsFilesInTheProjectAndEndsItsTask()
    {
        await RefusedWithoutAKeyAsync();
        await EnterAsync();
        var session = await LaunchAsync();
        await UntilItAnswersAsync(session);

        var content = RandomNumberGenerator.GetBytes(1_000_000);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "counts.bin" } };
        using var kept = await _client!.PostAsync($"/socket/{session}/api/v1/components/core/file/upload", form, Cancellation);
        Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync(Cancellation));
        var file = (await kept.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["file"]![0];
        Assert.Contains(FilesOf(Project), bytes => bytes.AsSpan().SequenceEqual(content));
        Assert.Equal(content, await _client.GetByteArrayAsync($"/socket/{session}/api/v1/components/core/file/download?url={Uri.EscapeDataString($"{file!["url"]}")}", Cancellation));

        using var disconnected = await _client.PostAsJsonAsync($"{Cavatica}/{session}/disconnect", new { }, Cancellation);
        await WaitAsync(session, "closed");
        await Assert.Single(_wes.Runs).Ended.WaitAsync(EngineHost.Patience, Cancellation);
        AssertKeyIsNowhere();
    }

    [Fact]
    public async Task Playbook_OfASession_IsOpenedAfterItsEnd()
    {
        await EnterAsync();
        var session = await LaunchAsync();
        var id = await MakeAsync(session);
        while (await WorkAsync() is not [var file] || $"{file!["name"]}" != $"{id}.json") await Task.Delay(100, Cancellation);
        using var disconnected = await _client!.PostAsJsonAsync($"{Cavatica}/{session}/disconnect", new { }, Cancellation);
        await WaitAsync(session, "closed");
        using var absent = await _client!.GetAsync($"/api/db/fpl/{id}", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);

        using var opened = await _client.PostAsJsonAsync($"{Cavatica}/work", new { name = $"{id}.json" }, Cancellation);

        var place = await opened.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        Assert.Equal((id, $"/report/{id}"), ($"{place!["id"]}", $"{place["url"]}"));
        using var present = await _client.GetAsync($"/api/db/fpl/{id}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, present.StatusCode);
    }

    // A worker has dialled before it answers.
    private async Task<string> MakeAsync(string session)
    {
        while (true)
        {
            using var made = await _client!.PostAsync($"/socket/{session}/api/db/fpl", new StringContent("""{"workflow":[{"id":"1","type":"Input[Gene]","data":{"type":"Term[Gene]","value":"ACE2"}}]}""", Encoding.UTF8, "application/json"), Cancellation);
            if (made.IsSuccessStatusCode) return (await made.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!.GetValue<string>();

            Assert.Equal(HttpStatusCode.ServiceUnavailable, made.StatusCode);
        }
    }

    private async Task<JsonArray> WorkAsync() => (await _client!.GetFromJsonAsync<JsonNode>($"{Cavatica}/work", Cancellation))!.AsArray();

    private async Task RefusedWithoutAKeyAsync()
    {
        using var refused = await _client!.PostAsJsonAsync($"{Cavatica}/launch", new { }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.False((bool)(await _client!.GetFromJsonAsync<JsonNode>(Cavatica, Cancellation))!["has_key"]!);
    }

    private async Task EnterAsync()
    {
        using var wrong = await _client!.PutAsJsonAsync(Cavatica, new { key = "wrong" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var entered = await _client!.PutAsJsonAsync(Cavatica, new { key = _key, project = Project }, Cancellation);
        var account = await entered.Content.ReadAsStringAsync(Cancellation);
        Assert.True(entered.IsSuccessStatusCode, account);
        Assert.DoesNotContain(_key, account);
        Assert.Equal(("Ada", Project), ($"{JsonNode.Parse(account)!["name"]}", $"{JsonNode.Parse(account)!["project"]}"));
        Assert.Equal(Project, $"{(await _client!.GetFromJsonAsync<JsonNode>($"{Cavatica}/projects", Cancellation))![0]!["id"]}");
    }

    private async Task<string> LaunchAsync()
    {
        using var launched = await _client!.PostAsJsonAsync($"{Cavatica}/launch", new { }, Cancellation);
        var text = await launched.Content.ReadAsStringAsync(Cancellation);
        Assert.True(launched.IsSuccessStatusCode, text);
        var session = $"{JsonNode.Parse(text)!["id"]}";
        var status = await WaitAsync(session, "connected");
        Assert.Equal((Project, _wes.Runs[0].Id), ($"{status["project"]}", $"{status["run_id"]}"));
        return session;
    }

    // The worker is connected before all of it has started; requests are told to come again until then.
    private async Task UntilItAnswersAsync(string session)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var answer = await _client!.GetAsync($"/socket/{session}/api/v1/user/uploads", limit.Token);
            if (answer.IsSuccessStatusCode) return;

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    private async Task<JsonNode> WaitAsync(string session, string state)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (true)
        {
            var status = (await _client!.GetFromJsonAsync<JsonNode>($"{Cavatica}/{session}/status", limit.Token))!;
            if ($"{status["state"]}" == state) return status;

            Assert.False($"{status["state"]}" == "failed", $"{status["reason"]} {(_wes.Runs.Count > 0 ? _wes.Runs[0].Output : "")}");
            await Task.Delay(100, limit.Token);
        }
    }

    private List<byte[]> FilesOf(string project)
    {
        lock (_platform.Lock) return [.. _platform.Files.All.Where(file => file.Project == project && file.Bytes is not null).Select(static file => file.Bytes!)];
    }

    // Neither in what anybody may read of the task, nor in what the two programs write.
    private void AssertKeyIsNowhere()
    {
        Assert.DoesNotContain(_key, _wes.Runs[0].Request.ToJsonString());
        Assert.DoesNotContain(_key, _wes.Runs[0].Output);
        Assert.DoesNotContain(_program!.Output, line => line.Contains(_key, StringComparison.Ordinal));
        Assert.Equal(0, _platform.TokensAtStorage);
    }
}
