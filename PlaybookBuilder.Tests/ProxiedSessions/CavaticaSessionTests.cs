using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>Sessions on a fake of CAVATICA whose workers are the published program, started from the CWL that the application submits.</summary>
public sealed class CavaticaSessionTests : IAsyncLifetime
{
    private const string Cavatica = "/api/v1/user/integrations/cavatica";
    private ProgramOnPlatform? _start;
    private HttpClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ProgramOnPlatform Start => _start!;

    public async ValueTask InitializeAsync()
    {
        _start = await ProgramOnPlatform.StartAsync();
        _client = new HttpClient { BaseAddress = Start.Program.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_start is not null) await _start.DisposeAsync();
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
        Assert.Contains(Start.Files(), file => file.Bytes.AsSpan().SequenceEqual(content));
        Assert.Equal(content, await _client.GetByteArrayAsync($"/socket/{session}/api/v1/components/core/file/download?url={Uri.EscapeDataString($"{file!["url"]}")}", Cancellation));

        using var disconnected = await _client.PostAsJsonAsync($"{Cavatica}/{session}/disconnect", new { }, Cancellation);
        await WaitAsync(session, "closed");
        await Assert.Single(Start.Wes.Runs).Ended.WaitAsync(EngineHost.Patience, Cancellation);
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
        using var entered = await _client!.PutAsJsonAsync(Cavatica, new { key = Start.Key, project = ProgramOnPlatform.Project }, Cancellation);
        var account = await entered.Content.ReadAsStringAsync(Cancellation);
        Assert.True(entered.IsSuccessStatusCode, account);
        Assert.DoesNotContain(Start.Key, account);
        Assert.Equal(("Ada", ProgramOnPlatform.Project), ($"{JsonNode.Parse(account)!["name"]}", $"{JsonNode.Parse(account)!["project"]}"));
        Assert.Equal(ProgramOnPlatform.Project, $"{(await _client!.GetFromJsonAsync<JsonNode>($"{Cavatica}/projects", Cancellation))![0]!["id"]}");
    }

    private async Task<string> LaunchAsync()
    {
        using var launched = await _client!.PostAsJsonAsync($"{Cavatica}/launch", new { }, Cancellation);
        var text = await launched.Content.ReadAsStringAsync(Cancellation);
        Assert.True(launched.IsSuccessStatusCode, text);
        var session = $"{JsonNode.Parse(text)!["id"]}";
        var status = await WaitAsync(session, "connected");
        Assert.Equal((ProgramOnPlatform.Project, Start.Wes.Runs[0].Id), ($"{status["project"]}", $"{status["run_id"]}"));
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

            Assert.False($"{status["state"]}" == "failed", $"{status["reason"]} {(Start.Wes.Runs.Count > 0 ? Start.Wes.Runs[0].Output : "")}");
            await Task.Delay(100, limit.Token);
        }
    }

    // Neither in what anybody may read of the task, nor in what the two programs write.
    private void AssertKeyIsNowhere()
    {
        Assert.DoesNotContain(Start.Key, Start.Wes.Runs[0].Request.ToJsonString());
        Assert.DoesNotContain(Start.Key, Start.Wes.Runs[0].Output);
        Assert.DoesNotContain(Start.Program.Output, line => line.Contains(Start.Key, StringComparison.Ordinal));
        Assert.Equal(0, Start.Platform.TokensAtStorage);
    }
}
