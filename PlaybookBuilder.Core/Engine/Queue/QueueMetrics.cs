using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Telemetry;

namespace PlaybookBuilder.Core.Engine.Queue;

/// <summary>Tells how deep the queue is, to whoever collects. It is read from the database then, so every program tells the same.</summary>
internal sealed class QueueMetrics
{
    // The gauges are collected together.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly BoundedReading<QueueDepth> _depth;

    public QueueMetrics(IMeterFactory meters, IJobQueue queue, TimeProvider time, ILogger<QueueMetrics> logger)
    {
        _depth = new(queue.MeasureAsync, Fresh, time, logger);
        var meter = meters.Create(PlaybookTelemetry.Name);
        meter.CreateObservableGauge("playbook.queue.jobs", ObserveJobs, "{job}", "Jobs of the whole deployment, by state");
        meter.CreateObservableGauge("playbook.queue.oldest_age", ObserveOldest, "s", "How long ago the oldest job at the head of the queue was asked for");
    }

    private Measurement<long>[] ObserveJobs() => _depth.Read() is not { } depth ? [] :
    [
        new(depth.Waiting, State("waiting")),
        new(depth.Queued, State("queued")),
        new(depth.Running, State("running")),
    ];

    private Measurement<double>[] ObserveOldest() => _depth.Read() is { } depth ? [new((depth.OldestQueued ?? TimeSpan.Zero).TotalSeconds)] : [];

    private static KeyValuePair<string, object?> State(string state) => new("state", state);
}
