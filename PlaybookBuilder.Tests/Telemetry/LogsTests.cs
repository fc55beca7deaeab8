using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using Programs = PlaybookBuilder.Tests.Deployment.Deployment;

namespace PlaybookBuilder.Tests.Telemetry;

/// <summary>Logs are structured where asked for, carry their traces, and hold no secret; and a collector that is away is nobody's trouble.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class LogsTests(PostgresServer server) : IDisposable
{
    // Part of every secret that the programs are given.
    private const string Planted = "planted5f1c";

    private readonly HttpClient _client = new() { Timeout = EngineHost.Patience };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Secrets_OfSettingsAndRequests_AreInNoLogAndNoTelemetry()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var url = (await server.NewDatabaseAsync()).Replace("postgres@", $"postgres:{Planted}-password@", StringComparison.Ordinal);
        await using var programs = await Programs.StartAsync(url, replicas: 1, workers: 1, settings: SecretSettings(collector));
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        await programs.OutputAsync(0, await programs.PostAsync(0, Programs.Chain("SECRET", 2)));
        await AskWithSecretsAsync(programs.Replicas[0], trace);
        await collector.WaitForAsync(() => collector.Logs.FirstOrDefault(log => log.TraceId == trace && log.Body.Contains("token=***", StringComparison.Ordinal)));
        await collector.WaitForAsync(() => collector.Spans.FirstOrDefault(span => span.TraceId == trace));
        foreach (var program in programs.Replicas.Concat(programs.Workers)) await program.StopAsync();

        string[] lines = [.. programs.Replicas.Concat(programs.Workers).SelectMany(program => program.Output)];
        Assert.Contains(lines, line => line.Contains("token=***", StringComparison.Ordinal));
        AssertNoneHolds(lines);
        AssertNoneHolds(collector.Bodies);
        // Each line is JSON, and those of a request tell its trace.
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Contains(lines, line => line.Contains(trace, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Collector_ThatIsAway_LetsTheProgramWorkAndEnd(bool listens)
    {
        // Connections are taken by the system, and nobody ever reads from them; or nobody is there at all.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        if (!listens) silent.Stop();
        var settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
        };
        await using var programs = await Programs.StartAsync(await server.NewDatabaseAsync(), replicas: 1, workers: 1, settings: settings);

        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20; i++) Assert.Contains($"SET{i}", (await programs.OutputAsync(0, await programs.PostAsync(0, Programs.Chain($"SET{i}", 3)))).Value, StringComparison.Ordinal);

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await programs.Workers[0].StopAsync();
    }

    private static void AssertNoneHolds(IEnumerable<string> texts)
    {
        var leak = texts.FirstOrDefault(text => text.Contains(Planted, StringComparison.OrdinalIgnoreCase));
        Assert.True(leak is null, leak);
    }

    private static Dictionary<string, string> SecretSettings(OtlpCollector collector) => new(collector.Settings)
    {
        ["APP_SECRET"] = $"{Planted}-application-secret-long-enough,{Planted}-application-secret-that-was-before",
        ["METRICS_TOKEN"] = $"{Planted}-metrics-token",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = $"authorization=Bearer {Planted}-collector",
        ["Logging__Console__FormatterName"] = "json",
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore.Hosting"] = "Trace",
        ["Logging__LogLevel__Microsoft.AspNetCore.Server.Kestrel"] = "Debug",
        ["Logging__LogLevel__Npgsql"] = "Trace",
    };

    private async Task AskWithSecretsAsync(PublishedProgram program, string trace)
    {
        string[] queries = [$"token={Planted}-1", $"x=1&access_token={Planted}-2", $"X-Amz-Signature={Planted}-3&code={Planted}-4"];
        foreach (var query in queries)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(program.Address, $"/api/v1/components?{query}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{Planted}-of-a-client");
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
            using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        // Prometheus's own.
        using var scrape = new HttpRequestMessage(HttpMethod.Get, new Uri(program.Address, "/metrics")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", $"{Planted}-metrics-token") } };
        using var metrics = await _client.SendAsync(scrape, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Planted, await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }
}
