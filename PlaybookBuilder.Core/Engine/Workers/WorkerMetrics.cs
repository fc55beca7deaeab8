using System.Diagnostics.Metrics;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Telemetry;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Measures what this program's worker does. Types are those of the catalogue, so that there is a bound to what is told apart.</summary>
internal sealed class WorkerMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] };

    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _run;
    private readonly Counter<long> _finished;
    private readonly Counter<long> _rescued;
    private readonly Counter<long> _deaths;

    public WorkerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PlaybookTelemetry.Name);
        _wait = meter.CreateHistogram("playbook.job.wait", "s", "From asking for a step to its first run, its inputs' runs included", tags: null, Seconds);
        _run = meter.CreateHistogram("playbook.job.run", "s", "From a run's start to its end", tags: null, Seconds);
        _finished = meter.CreateCounter<long>("playbook.job.finished", "{job}", "Runs that ended, by outcome");
        _rescued = meter.CreateCounter<long>("playbook.job.rescued", "{job}", "Jobs that went back into the queue or ended because nobody ran them any more, by reason");
        _deaths = meter.CreateCounter<long>("playbook.worker.deaths", "{worker}", "Workers that went away with jobs, as seen by who rescued these");
    }

    public void Began(ClaimedJob job, string spec)
    {
        if (job.Attempt == 1 && _wait.Enabled) _wait.Record(job.Waited.TotalSeconds, Type(spec));
    }

    public void Ended(string spec, JobOutcome outcome, TimeSpan duration)
    {
        if (_run.Enabled) _run.Record(duration.TotalSeconds, Type(spec), Outcome(outcome));
    }

    /// <summary>Counts what became of finished runs.</summary>
    /// <param name="taken">What the queue told of them.</param>
    public void Kept(IReadOnlyCollection<JobFinish> finishes, IReadOnlyCollection<FinishOutcome> taken)
    {
        if (!_finished.Enabled) return;

        var finished = taken.SelectMany(outcome => outcome.Finished).ToHashSet();
        var returned = taken.SelectMany(outcome => outcome.Queued).ToHashSet();
        foreach (var finish in finishes) _finished.Add(1, Outcome(OutcomeOf(finish, finished, returned)));
    }

    /// <param name="reason"><c>worker_gone</c>, <c>overdue</c> or <c>unheard</c>.</param>
    public void Rescued(int count, string reason) => _rescued.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void Died(int count) => _deaths.Add(count);

    // What was to run again and ended instead had been cancelled meanwhile.
    private static JobOutcome OutcomeOf(JobFinish finish, HashSet<Guid> finished, HashSet<Guid> returned)
    {
        var id = finish.Job.ProcessId;
        if (finish is JobFinish.Resolved) return finished.Contains(id) ? JobOutcomes.Of(finish) : JobOutcome.Lost;
        if (finished.Contains(id)) return JobOutcome.Cancelled;

        return returned.Contains(id) ? JobOutcomes.Of(finish) : JobOutcome.Lost;
    }

    private static KeyValuePair<string, object?> Type(string spec) => new("type", spec);

    private static KeyValuePair<string, object?> Outcome(JobOutcome outcome) => new("outcome", outcome.ToTag());
}
