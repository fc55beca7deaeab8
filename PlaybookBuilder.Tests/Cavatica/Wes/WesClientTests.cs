using System.Diagnostics;
using System.Text.Json.Nodes;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.Wes;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.Cavatica.Wes;

public sealed class WesClientTests : IAsyncLifetime
{
    private const string Mark = "a-session-of-its-own";

    private static readonly CallLimits Limits = new(3, TimeSpan.Zero, TimeSpan.FromSeconds(20));

    private static readonly WorkerApp App = new("ada/lab", 0, new WorkerAppOptions { Image = "registry.example.org/worker:1" });

    private FakeWes _service = null!;
    private string _token = null!;
    private WesClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await FakeWes.StartAsync();
        _token = _service.AddToken();
        _client = Client();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task ServiceInfo_SaysWhetherItTakesTheWorker()
    {
        var info = await _client.GetServiceInfoAsync(Cancellation);

        Assert.True(info.Takes("CWL", "v1.2"));
        Assert.False(info.Takes("CWL", "v2.0"));
        Assert.Contains("1.1.0", info.SupportedWesVersions);
    }

    [Fact]
    public async Task Start_OfTheWorker_RunsItsCommandWithTheConfiguration()
    {
        const string Config = """{"url":"https://example.org/a b","session":"it's \"quoted\" $HOME"}""";
        (_service.Executable, _service.FirstArguments) = ("/bin/sh", ["-c", "printf '%s|' \"$@\"; exit 0", "sh"]);
        var id = await _client.StartAsync(App.ToRunRequest(Config, Mark), Cancellation);
        await Assert.Single(_service.Runs).Ended.WaitAsync(EngineHost.Patience, Cancellation);
        var run = await UntilAsync(id, WesState.Complete);

        Assert.Equal(("registry.example.org/worker:1", 0), (_service.Runs[0].Image, run.RunLog?.ExitCode));
        Assert.Equal(["/app/PlaybookBuilder.Web", "session", Config], _service.Runs[0].Command);
        Assert.True(run.State.IsTerminal());
        await UntilItSaysAsync($"session|{Config}|");
    }

    [Theory]
    [InlineData("exit 3", WesState.ExecutorError)]
    [InlineData("exit 0", WesState.Complete)]
    public async Task State_OfAProcessThatEnded_IsItsEnd(string script, WesState expected)
    {
        (_service.Executable, _service.FirstArguments) = ("/bin/sh", ["-c", script, "sh"]);
        var id = await StartAsync();
        await _service.Runs[0].Ended.WaitAsync(EngineHost.Patience, Cancellation);

        Assert.Equal(expected, (await _client.GetStatusAsync(id, Cancellation)).State);
    }

    [Fact]
    public async Task State_OfWhatCanNotBeStarted_IsASystemError()
    {
        _service.Executable = "/no/such/program";
        var run = await _client.GetRunAsync(await StartAsync(), Cancellation);

        Assert.Equal(WesState.SystemError, run.State);
        Assert.NotEmpty(run.RunLog?.SystemLogs ?? []);
    }

    [Fact]
    public async Task States_InAnyOrder_AreToldAsTheyCome()
    {
        _service.FirstStates = ["QUEUED", "UNKNOWN", "INITIALIZING", "PAUSED", "QUEUED", "HIBERNATING", "PREEMPTED"];
        var id = await StartAsync();
        var states = new List<WesState>();
        foreach (var _ in _service.FirstStates.Append("RUNNING")) states.Add((await _client.GetStatusAsync(id, Cancellation)).State);

        Assert.Equal([WesState.Queued, WesState.Unknown, WesState.Initializing, WesState.Paused, WesState.Queued, WesState.Unknown, WesState.Preempted, WesState.Running], states);
    }

    [Theory]
    [InlineData("UNKNOWN", false)]
    [InlineData("QUEUED", false)]
    [InlineData("INITIALIZING", false)]
    [InlineData("RUNNING", false)]
    [InlineData("PAUSED", false)]
    [InlineData("CANCELING", false)]
    [InlineData("SOMETHING_NEW", false)]
    [InlineData(null, false)]
    [InlineData("COMPLETE", true)]
    [InlineData("EXECUTOR_ERROR", true)]
    [InlineData("SYSTEM_ERROR", true)]
    [InlineData("CANCELED", true)]
    [InlineData("PREEMPTED", true)]
    public void IsTerminal_OfEachState_IsWhetherNothingFollows(string? text, bool expected) => Assert.Equal(expected, WesStates.Parse(text).IsTerminal());

    [Fact]
    public async Task Cancel_EndsTheProcess()
    {
        (_service.Executable, _service.FirstArguments) = ("/bin/sh", ["-c", "sleep 600 & wait", "sh"]);
        var id = await StartAsync();
        Assert.Equal(WesState.Running, (await _client.GetStatusAsync(id, Cancellation)).State);
        await _client.CancelAsync(id, Cancellation);
        await _service.Runs[0].Ended.WaitAsync(EngineHost.Patience, Cancellation);

        Assert.Equal(WesState.Canceled, (await _client.GetStatusAsync(id, Cancellation)).State);
        await _client.CancelAsync(id, Cancellation);
    }

    [Fact]
    public async Task Dispose_OfTheFake_EndsItsProcesses()
    {
        (_service.Executable, _service.FirstArguments) = ("/bin/sh", ["-c", "exec sleep 600", "sh"]);
        await StartAsync();
        using var process = Process.GetProcessById(_service.Runs[0].ProcessId!.Value);
        await _service.DisposeAsync();

        Assert.True(process.HasExited);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_AnswerLost_IsFoundByItsMarkAndNotStartedAgain(bool isListingTags)
    {
        _service.IsListingTags = isListingTags;
        foreach (var number in Enumerable.Range(0, 5)) await _client.StartAsync(App.ToRunRequest("{}", $"other-{number}"), Cancellation);
        _service.Strike(new FakeFault("POST /ga4gh/wes/v1/runs"));
        var id = await StartAsync();

        Assert.Equal(6, _service.Runs.Count);
        Assert.Equal(_service.Runs[^1].Id, id);
        Assert.Equal(id, await _client.FindRunAsync(Mark, Cancellation));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Start_ServiceFails_IsInDoubtAndNotStartedAgain(int status)
    {
        _service.Strike(new FakeFault("POST /ga4gh/wes/v1/runs", status));
        var error = await FailsAsync(WesErrorKind.Unavailable, StartAsync);

        Assert.True(error.IsInDoubt);
        Assert.Single(_service.Requests, static line => line.StartsWith("POST", StringComparison.Ordinal));
        Assert.Null(await _client.FindRunAsync(Mark, Cancellation));
    }

    [Fact]
    public async Task Start_TooManyRequests_IsMadeAgain()
    {
        _service.Strike(new FakeFault("POST /ga4gh/wes/v1/runs", 429));
        await StartAsync();

        Assert.Single(_service.Runs);
    }

    [Theory]
    [InlineData(400, WesErrorKind.Refused)]
    [InlineData(401, WesErrorKind.Unauthorized)]
    [InlineData(403, WesErrorKind.Forbidden)]
    public async Task Start_Refused_IsNoDoubt(int status, WesErrorKind kind)
    {
        _service.Strike(new FakeFault("POST /ga4gh/wes/v1/runs", status));

        Assert.False((await FailsAsync(kind, StartAsync)).IsInDoubt);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Start_OfWhatIsNoWorkflow_IsRefusedWithTheReason()
    {
        var request = App.ToRunRequest("{}", Mark) with { WorkflowTypeVersion = "v0.9" };

        Assert.Contains("v0.9 is not supported", (await FailsAsync(WesErrorKind.Refused, () => _client.StartAsync(request, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ServiceFailsOnce_IsAskedAgain()
    {
        var id = await StartAsync();
        _service.Strike(new FakeFault("/status", 500));
        _service.Strike(new FakeFault("/status"));

        Assert.Equal(WesState.Running, (await _client.GetStatusAsync(id, Cancellation)).State);
    }

    [Fact]
    public async Task Call_WithoutAnAnswer_EndsWithinItsLimit()
    {
        foreach (var _ in Enumerable.Range(0, 2)) _service.Strike(new FakeFault("service-info", IsSilent: true));
        var client = Client(new CallLimits(2, TimeSpan.Zero, TimeSpan.FromSeconds(0.2)));

        await FailsAsync(WesErrorKind.Unavailable, () => client.GetServiceInfoAsync(Cancellation));
        Assert.Equal(2, _service.Requests.Count);
    }

    [Fact]
    public async Task Run_MissingOrOfSomebodyElse_IsNotFound()
    {
        var id = await StartAsync();
        var other = new WesClient(new WesSettings { Endpoint = _service.Endpoint, Token = _service.AddToken(), Limits = Limits });

        await FailsAsync(WesErrorKind.NotFound, () => _client.GetStatusAsync("none", Cancellation));
        await FailsAsync(WesErrorKind.NotFound, () => other.GetRunAsync(id, Cancellation));
        await FailsAsync(WesErrorKind.NotFound, () => other.CancelAsync(id, Cancellation));
        Assert.Empty(await other.ListRunsAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData(WesAuthentication.SbgAuthToken)]
    [InlineData(WesAuthentication.Bearer)]
    public async Task Token_Wrong_IsUnauthorizedAndToldNowhere(WesAuthentication authentication)
    {
        var settings = new WesSettings { Endpoint = _service.Endpoint, Token = _token, Authentication = authentication, Limits = Limits };
        await new WesClient(settings).GetServiceInfoAsync(Cancellation);
        var error = await FailsAsync(WesErrorKind.Unauthorized, () => new WesClient(settings with { Token = "not-the-secret" }).GetServiceInfoAsync(Cancellation));

        Assert.DoesNotContain("not-the-secret", $"{error}{settings with { Token = "not-the-secret" }}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfManyPages_HasEachOnce()
    {
        _service.PageSize = 7;
        foreach (var number in Enumerable.Range(0, 20)) await _client.StartAsync(App.ToRunRequest("{}", $"{number}"), Cancellation);
        var listed = await _client.ListRunsAsync(Cancellation).Select(static run => run.RunId).ToListAsync(Cancellation);

        Assert.Equal(_service.Runs.Select(static run => run.Id).Reverse(), listed);
    }

    [Theory]
    [InlineData("http://wes.example.org/v1", "token", "https")]
    [InlineData("https://wes.example.org/v1", "a token", "characters that no token has")]
    public void Settings_Wrong_AreRefused(string endpoint, string token, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new WesClient(new WesSettings { Endpoint = new Uri(endpoint), Token = token })).Message, StringComparison.Ordinal);

    /// <summary>The fake is as good as its answers.</summary>
    [Fact]
    public async Task EveryAnswer_OfTheFake_IsAsTheSpecificationHasIt()
    {
        (_service.Executable, _service.FirstArguments) = ("/bin/sh", ["-c", "exit 1", "sh"]);
        await _client.GetServiceInfoAsync(Cancellation);
        var id = await StartAsync();
        await _client.GetRunAsync(id, Cancellation);
        await _service.Runs[0].Ended.WaitAsync(EngineHost.Patience, Cancellation);
        await _client.GetRunAsync(id, Cancellation);
        _service.Executable = "/no/such/program";
        await _client.GetRunAsync(await StartAsync(), Cancellation);
        await _client.GetStatusAsync(id, Cancellation);
        await _client.CancelAsync(id, Cancellation);
        await _client.ListRunsAsync(Cancellation).ToListAsync(Cancellation);
        _service.IsListingTags = false;
        await _client.ListRunsAsync(Cancellation).ToListAsync(Cancellation);
        await FailsAsync(WesErrorKind.NotFound, () => _client.GetStatusAsync("none", Cancellation));
        _service.RevokeToken(_token);
        await FailsAsync(WesErrorKind.Unauthorized, () => _client.GetServiceInfoAsync(Cancellation));

        Assert.Equal(["ErrorResponse", "RunId", "RunListResponse", "RunLog", "RunStatus", "ServiceInfo"], _service.Answers.Select(static answer => answer.Schema).Distinct().Order(StringComparer.Ordinal));
        foreach (var (schema, body) in _service.Answers) Assert.Empty(await WesSpecification.ProblemsAsync(body, schema));
    }

    [Fact]
    public async Task Specification_AWrongAnswer_IsNoticed()
    {
        Assert.NotEmpty(await WesSpecification.ProblemsAsync(new JsonObject { ["run_id"] = "1", ["state"] = "HIBERNATING" }, "RunStatus"));
        Assert.NotEmpty(await WesSpecification.ProblemsAsync(new JsonObject { ["state"] = "RUNNING" }, "RunStatus"));
        Assert.NotEmpty(await WesSpecification.ProblemsAsync(new JsonObject { ["id"] = "x" }, "ServiceInfo"));
    }

    private static async Task<WesException> FailsAsync(WesErrorKind kind, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<WesException>(call);
        Assert.True(error.Kind == kind, error.ToString());
        return error;
    }

    private WesClient Client(CallLimits? limits = null) => new(new WesSettings { Endpoint = _service.Endpoint, Token = _token, Limits = limits ?? Limits });

    private Task<string> StartAsync() => _client.StartAsync(App.ToRunRequest("{}", Mark), Cancellation);

    private async Task<WesRun> UntilAsync(string id, WesState state)
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        while (true)
        {
            var run = await _client.GetRunAsync(id, limit.Token);
            if (run.State == state) return run;
        }
    }

    /// <summary>The last of the output may come after the end of the process.</summary>
    private async Task UntilItSaysAsync(string text)
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        while (!_service.Runs[0].Output.Contains(text, StringComparison.Ordinal))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
