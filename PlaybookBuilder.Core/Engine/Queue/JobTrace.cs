using System.Diagnostics;
using PlaybookBuilder.Core.Telemetry;

namespace PlaybookBuilder.Core.Engine.Queue;

/// <summary>The trace that a job belongs to, from whoever asked for it to its end, in the form of the header <c>traceparent</c> (W3C Trace Context).</summary>
internal static class JobTrace
{
    /// <summary>The span that is asking now; null when nobody traces.</summary>
    public static string? Current => PlaybookTelemetry.Spans.HasListeners() ? Activity.Current?.Id : null;

    /// <summary>Begins the span in which jobs are asked for.</summary>
    public static Activity? StartEnqueue() => PlaybookTelemetry.Spans.StartActivity("enqueue", ActivityKind.Producer);

    /// <summary>Begins the span of a run, in whatever program that is.</summary>
    public static Activity? StartRun(ClaimedJob job, string spec)
    {
        if (!PlaybookTelemetry.Spans.HasListeners()) return null;

        var span = PlaybookTelemetry.Spans.StartActivity($"run {spec}", ActivityKind.Consumer, ParentOf(job));
        span?.SetTag("playbook.process.type", spec);
        span?.SetTag("playbook.process.id", job.ProcessId.ToString());
        span?.SetTag("playbook.job.attempt", job.Attempt);
        return span;
    }

    /// <summary>Ends the span of a run with what came of it.</summary>
    public static void EndRun(Activity? span, JobOutcome outcome)
    {
        if (span is null) return;

        span.SetTag("playbook.job.outcome", outcome.ToTag());
        if (outcome is JobOutcome.Error or JobOutcome.Transient) span.SetStatus(ActivityStatusCode.Error);
        span.Stop();
    }

    /// <summary>Tells how long it took to keep what runs gave, in the trace of each.</summary>
    public static void TellKept(IEnumerable<JobFinish> finishes, DateTimeOffset started)
    {
        if (!PlaybookTelemetry.Spans.HasListeners()) return;

        foreach (var finish in finishes.Where(static finish => finish.Job.TraceParent is not null))
        {
            using var span = PlaybookTelemetry.Spans.StartActivity("finish", ActivityKind.Internal, ParentOf(finish.Job), startTime: started);
            span?.SetTag("playbook.process.id", finish.Job.ProcessId.ToString());
        }
    }

    private static ActivityContext ParentOf(ClaimedJob job) => ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var context) ? context : default;
}
