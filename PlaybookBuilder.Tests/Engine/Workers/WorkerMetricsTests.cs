using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Engine.Workers;

public sealed class WorkerMetricsTests : IDisposable
{
    private static readonly Datum Value = Datum.OfJson("Text", "\"value\"");

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<(string Instrument, string Outcome)> _counted = [];
    private readonly WorkerMetrics _metrics;

    public WorkerMetricsTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _counted.Add((instrument.Name, $"{tags[0].Value}")));
        _listener.Start();
        _metrics = new WorkerMetrics(meters);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Kept_RunsThatWereTaken_AreCountedByHowTheyEnded()
    {
        ClaimedJob[] jobs = [.. Enumerable.Range(0, 7).Select(_ => new ClaimedJob(Guid.NewGuid(), 1, 1))];
        JobFinish[] finishes =
        [
            new JobFinish.Resolved(jobs[0], Value, 1, default),
            new JobFinish.Resolved(jobs[1], ErrorData.ToDatum("wrong"), 1, default),
            new JobFinish.Resolved(jobs[2], ErrorData.ToDatum("away"), 1, default, IsTransient: true),
            new JobFinish.Resolved(jobs[3], JobErrors.Cancelled, 1, default),
            new JobFinish.Retry(jobs[4], default),
            new JobFinish.Released(jobs[5]),
            new JobFinish.Retry(jobs[6], default),
        ];
        Guid[] finished = [.. jobs[..4].Append(jobs[6]).Select(job => job.ProcessId)];

        // The last was to run again, but had been cancelled.
        _metrics.Kept(finishes, [new FinishOutcome(finished, [jobs[4].ProcessId, jobs[5].ProcessId], [], new Claim([], null))]);

        Assert.Equal(["data", "error", "transient", "cancelled", "transient", "released", "cancelled"], Outcomes());
    }

    [Fact]
    public void Kept_RunsThatWereNotTaken_AreLost()
    {
        var (first, second) = (new ClaimedJob(Guid.NewGuid(), 1, 1), new ClaimedJob(Guid.NewGuid(), 1, 1));

        _metrics.Kept([new JobFinish.Resolved(first, Value, 1, default), new JobFinish.Retry(second, default)], [new FinishOutcome([], [], [], new Claim([], null))]);

        Assert.Equal(["lost", "lost"], Outcomes());
    }

    private IEnumerable<string> Outcomes() => _counted.Where(count => count.Instrument == "playbook.job.finished").Select(count => count.Outcome);
}
