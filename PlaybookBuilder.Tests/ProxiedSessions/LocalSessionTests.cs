using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>Sessions whose workers are processes on this machine, reached through their tunnels.</summary>
public sealed class LocalSessionTests : IAsyncLifetime
{
    private const string Cavatica = "/api/v1/user/integrations/cavatica";

    private readonly TemporaryFolder _folder = new();
    private PublishedProgram? _program;
    private HttpClient? _client;
    private string? _session;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _program = await PublishedProgram.StartAsync(_folder, settings: new Dictionary<string, string> { ["SESSION_LAUNCHER"] = "local" });
        _client = new HttpClient { BaseAddress = _program.Address };
    }

    public async ValueTask DisposeAsync()
    {
        // A worker outlives the program that started it.
        if (_session is not null) await DisconnectAsync();
        _client?.Dispose();
        if (_program is not null) await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task File_ThroughTheTunnel_ComesBackAsItWas()
    {
        await LaunchAsync();
        var content = RandomNumberGenerator.GetBytes(5_000_000);

        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "größe.bin" } };
        using var kept = await _client!.PostAsync($"/socket/{_session}/api/v1/components/core/file/upload", form, Cancellation);
        var file = (await kept.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["file"]![0];
        var url = $"/socket/{_session}/api/v1/components/core/file/download?url={Uri.EscapeDataString($"{file!["url"]}")}";
        using var answer = await _client.GetAsync(url, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(100, 199) } };
        using var part = await _client.SendAsync(request, Cancellation);

        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("größe.bin", answer.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal((HttpStatusCode.PartialContent, 100), (part.StatusCode, (await part.Content.ReadAsByteArrayAsync(Cancellation)).Length));
        // It is the worker's, and nothing of it is here.
        Assert.Empty((await _client.GetFromJsonAsync<JsonNode>("/api/v1/user/uploads", Cancellation))!.AsArray());
        Assert.Single((await _client.GetFromJsonAsync<JsonNode>($"/socket/{_session}/api/v1/user/uploads", Cancellation))!.AsArray());
    }

    [Fact]
    public async Task Page_OfTheSession_HasItsOwnBase()
    {
        await LaunchAsync();

        var page = await _client!.GetStringAsync($"/socket/{_session}/graph", Cancellation);

        Assert.Contains($"<base href=\"/socket/{_session}/\" />", page);
    }

    [Fact]
    public async Task Worker_ThatIsKilled_EndsTheSession()
    {
        await LaunchAsync();
        var runId = $"{(await StatusAsync())["run_id"]}";
        using var worker = Process.GetProcessById(int.Parse(runId.Split(' ')[0], CultureInfo.InvariantCulture));

        worker.Kill();

        var ended = await WaitAsync("closed");
        Assert.NotNull(ended["ended"]);
        using var answer = await _client!.GetAsync($"/socket/{_session}/graph", Cancellation);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task Disconnect_EndsTheWorker()
    {
        await LaunchAsync();
        var runId = $"{(await StatusAsync())["run_id"]}";
        using var worker = Process.GetProcessById(int.Parse(runId.Split(' ')[0], CultureInfo.InvariantCulture));

        await DisconnectAsync();

        await WaitAsync("closed");
        await worker.WaitForExitAsync(Cancellation);
    }

    [Fact]
    public async Task Launch_WhileThereIsOne_IsRefused()
    {
        await LaunchAsync();

        using var answer = await _client!.PostAsJsonAsync($"{Cavatica}/launch", new { }, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task LaunchAsync()
    {
        using var launched = await _client!.PostAsJsonAsync($"{Cavatica}/launch", new { }, Cancellation);
        _session = $"{(await launched.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["id"]}";
        await WaitAsync("connected");
    }

    private async Task<JsonNode> StatusAsync() => (await _client!.GetFromJsonAsync<JsonNode>($"{Cavatica}/{_session}/status", Cancellation))!;

    private async Task<JsonNode> WaitAsync(string state)
    {
        while (true)
        {
            var status = await StatusAsync();
            if ($"{status["state"]}" == state) return status;

            Assert.NotEqual("failed", $"{status["state"]}");
            await Task.Delay(100, Cancellation);
        }
    }

    private async Task DisconnectAsync()
    {
        using var answer = await _client!.PostAsJsonAsync($"{Cavatica}/{_session}/disconnect", new { }, CancellationToken.None);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
