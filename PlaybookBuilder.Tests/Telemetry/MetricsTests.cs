using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using Programs = PlaybookBuilder.Tests.Deployment.Deployment;

namespace PlaybookBuilder.Tests.Telemetry;

/// <summary>Measurements reach a collector and Prometheus, and are right.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class MetricsTests(PostgresServer server, PublishedBrowser browser) : IDisposable
{
    private const string Token = "a-token-of-the-tests";

    private readonly HttpClient _client = new() { Timeout = EngineHost.Patience };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task QueueDepth_WithoutAWorker_IsWhatWasAskedForEverywhere()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var programs = await StartAsync(workers: 0, collector.Settings);
        for (var i = 0; i < 5; i++) await programs.RequestAsync(0, await programs.PostAsync(0, Programs.Chain($"SET{i}", 3)));

        // What was collected a moment before stands for a second.
        var metrics = await UntilAsync(programs.Replicas[0], text => ValueOf(text, "playbook_queue_jobs", "state=\"queued\"") == 5);

        Assert.Equal(10, ValueOf(metrics, "playbook_queue_jobs", "state=\"waiting\""));
        Assert.Equal(0, ValueOf(metrics, "playbook_queue_jobs", "state=\"running\""));
        Assert.InRange(ValueOf(metrics, "playbook_queue_oldest_age_seconds") ?? 0, 0.001, EngineHost.Patience.TotalSeconds);
        await collector.WaitForAsync(() => collector.Points.FirstOrDefault(point => point is { Name: "playbook.queue.jobs", Value: 5 } && point.Attributes["state"] == "queued"));
    }

    [Fact]
    public async Task Worker_ThatRanSteps_TellsHowTheyEndedAndHowLongTheyTook()
    {
        var url = await server.NewDatabaseAsync();
        await using var programs = await StartAsync(url, workers: 1);
        // Who asks before the worker listens is served by its first look, and nothing is received.
        await using var session = await PostgresSession.OpenAsync(url);
        await session.UntilAsync(PostgresSession.BothListen);
        await programs.OutputAsync(0, await programs.PostAsync(0, Programs.Chain("MEASURED", 3)));

        // Each counts at a moment of its own: what a worker heard may come after what it finished.
        var metrics = await UntilAsync(programs.Workers[0], text => ValueOf(text, "playbook_job_finished_total", "outcome=\"data\"") == 3
            && ValueOf(text, "playbook_notifications_sent_total") > 0 && ValueOf(text, "playbook_notifications_received_total") > 0);

        Assert.Equal(1, ValueOf(metrics, "playbook_job_run_seconds_count", "type=\"GenesetToGMT\""));
        Assert.Equal(3, SumOf(metrics, "playbook_job_wait_seconds_count"));
        Assert.Contains("\ndb_client_", metrics, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Circuits_OfAPage_AreOneWhileItIsOpen()
    {
        await using var programs = await StartAsync(workers: 0);
        await using var session = await browser.OpenAtAsync(programs.Replicas[0]);
        await session.Page.GotoAsync("/graph/extend");
        await session.Page.WaitUntilInteractiveAsync();

        await UntilAsync(programs.Replicas[0], text => ValueOf(text, "aspnetcore_components_circuit_active") == 1);
        await session.Page.GotoAsync("about:blank");
        await UntilAsync(programs.Replicas[0], text => ValueOf(text, "aspnetcore_components_circuit_active") == 0);
    }

    [Fact]
    public async Task StoredBytes_OfTwoUploadsOfOneContent_CountOnce()
    {
        await using var programs = await StartAsync(workers: 0);
        await programs.UploadAsync(0, "a.csv", "gene,s1\nACE2,1\n");
        await programs.UploadAsync(0, "b.csv", "gene,s1\nACE2,1\n");
        await programs.UploadAsync(0, "c.csv", "gene,s1\nTP53,1000\n");

        var metrics = await ScrapeAsync(programs.Replicas[0]);

        Assert.Equal(15 + 18, ValueOf(metrics, "playbook_storage_stored_bytes"));
        Assert.Equal(2, ValueOf(metrics, "playbook_storage_contents"));
        Assert.Equal(15 + 18, ValueOf(metrics, "playbook_storage_written_bytes_total"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer another-token-of-somebody", HttpStatusCode.Unauthorized)]
    [InlineData("Basic " + Token, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer " + Token, HttpStatusCode.OK)]
    public async Task Metrics_WithATokenInTheSettings_AreForWhoeverShowsIt(string? authorization, HttpStatusCode expected)
    {
        using var folder = new TemporaryFolder();
        await using var program = await PublishedProgram.StartAsync(folder, settings: new Dictionary<string, string> { ["DATABASE_URL"] = "memory:", ["METRICS_TOKEN"] = Token });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(program.Address, "/metrics"));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("playbook_queue_jobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_WithoutAToken_AreNotThere()
    {
        using var folder = new TemporaryFolder();
        await using var program = await PublishedProgram.StartAsync(folder, settings: new Dictionary<string, string> { ["DATABASE_URL"] = "memory:" });

        using var answer = await _client.GetAsync(new Uri(program.Address, "/metrics"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<Programs> StartAsync(int workers, IReadOnlyDictionary<string, string>? settings = null) => await StartAsync(await server.NewDatabaseAsync(), workers, settings);

    private static Task<Programs> StartAsync(string url, int workers, IReadOnlyDictionary<string, string>? settings = null) =>
        Programs.StartAsync(url, replicas: 1, workers, settings: new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["METRICS_TOKEN"] = Token });

    private async Task<string> ScrapeAsync(PublishedProgram program)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(program.Address, "/metrics")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> UntilAsync(PublishedProgram program, Func<string, bool> isSo)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var metrics = await ScrapeAsync(program);
            if (isSo(metrics)) return metrics;

            Assert.True(Stopwatch.GetElapsedTime(since) < EngineHost.Patience, metrics);
        }
    }

    private static double? ValueOf(string metrics, string name, string label = "") => ValuesOf(metrics, name, label).Cast<double?>().FirstOrDefault();

    private static double SumOf(string metrics, string name) => ValuesOf(metrics, name, "").Sum();

    private static IEnumerable<double> ValuesOf(string metrics, string name, string label) =>
        Regex.Matches(metrics, $@"^{name}(\{{[^\n]*\}})? (\S+)", RegexOptions.Multiline)
            .Where(line => line.Groups[1].Value.Contains(label, StringComparison.Ordinal))
            .Select(line => double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture));
}
