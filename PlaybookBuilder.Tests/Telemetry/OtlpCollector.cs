using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Tests.Support;
using ProtoBuf;

namespace PlaybookBuilder.Tests.Telemetry;

/// <summary>A collector of OpenTelemetry's on loopback, which keeps what programs send (HTTP/protobuf).</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _bodies = new();
    private TaskCompletionSource _arrival = NewArrival();

    private OtlpCollector(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    public ConcurrentQueue<ReceivedLog> Logs { get; } = new();

    public ConcurrentQueue<ReceivedPoint> Points { get; } = new();

    /// <summary>All that came, as it came.</summary>
    public IEnumerable<string> Bodies => _bodies;

    /// <summary>The variables that send a program's telemetry here, without letting it wait.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new OtlpCollector(builder.Build());
        collector.Map<ResourceSpans>("/v1/traces", collector.Keep);
        collector.Map<ResourceLogs>("/v1/logs", collector.Keep);
        collector.Map<ResourceMetrics>("/v1/metrics", collector.Keep);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Waits until something can be found in what came.</summary>
    public async Task<T> WaitForAsync<T>(Func<T?> find, Func<string>? describe = null)
        where T : class
    {
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        while (true)
        {
            var arrival = Volatile.Read(ref _arrival).Task;
            if (find() is { } found) return found;

            try
            {
                await arrival.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"It never came. {describe?.Invoke()}");
            }
        }
    }

    /// <summary>Waits until a trace has all that is looked for, and gives its spans.</summary>
    public Task<ReceivedSpan[]> WaitForTraceAsync(Func<ReceivedSpan[], bool> isWhole) => WaitForAsync(
        () => Spans.GroupBy(span => span.TraceId).Select(trace => trace.ToArray()).FirstOrDefault(isWhole),
        () => string.Join('\n', Spans.Select(span => $"{span.TraceId} {span.ParentId} > {span.Id} {span.Role} {span.Name}")));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Map<T>(string path, Action<T> keep) => _app.MapPost(path, async context =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _bodies.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        body.Position = 0;
        foreach (var resource in Serializer.Deserialize<ExportRequest<T>>(body).Resources) keep(resource);
        context.Response.ContentType = "application/x-protobuf";
        Interlocked.Exchange(ref _arrival, NewArrival()).TrySetResult();
    });

    private void Keep(ResourceSpans resource)
    {
        foreach (var scope in resource.Scopes)
        {
            foreach (var span in scope.Spans) Spans.Enqueue(new(Hex(span.TraceId), Hex(span.Id), Hex(span.ParentId), span.Name, scope.Scope?.Name ?? "", RoleOf(resource.Resource), Values(span.Attributes)));
        }
    }

    private void Keep(ResourceLogs resource)
    {
        foreach (var record in resource.Scopes.SelectMany(scope => scope.Records)) Logs.Enqueue(new(Hex(record.TraceId), record.Body?.Text ?? "", RoleOf(resource.Resource)));
    }

    private void Keep(ResourceMetrics resource)
    {
        foreach (var metric in resource.Scopes.SelectMany(scope => scope.Metrics))
        {
            foreach (var point in metric.Gauge?.All ?? metric.Sum?.All ?? []) Points.Enqueue(new(metric.Name, point.Number ?? point.Double ?? 0, RoleOf(resource.Resource), Values(point.Attributes)));
        }
    }

    private static string RoleOf(ResourceMessage? resource) => Values(resource?.Attributes ?? []).GetValueOrDefault("playbook.role") ?? "";

    private static Dictionary<string, string> Values(IEnumerable<AttributeMessage> attributes) => attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value?.Text ?? attribute.Value?.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");

    private static string Hex(byte[] id) => Convert.ToHexStringLower(id);
}

/// <param name="Role">What the program does that sent it.</param>
internal sealed record ReceivedSpan(string TraceId, string Id, string ParentId, string Name, string Scope, string Role, IReadOnlyDictionary<string, string> Attributes);

internal sealed record ReceivedLog(string TraceId, string Body, string Role);

internal sealed record ReceivedPoint(string Name, double Value, string Role, IReadOnlyDictionary<string, string> Attributes);
