using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Passes a process's progress on a few times a second, whatever its rate.</summary>
internal sealed class ThrottledProgress(Guid processId, EngineSignals signals, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private ProgressReport _latest = new(null, null);
    private long _lastPublished;

    public void Receive(ProgressReport report)
    {
        lock (_lock)
        {
            // A message without a percentage does not take back what was known.
            _latest = new ProgressReport(report.Percent ?? _latest.Percent, report.Message ?? _latest.Message, report.Message is null ? _latest.IsWarning : report.IsWarning);
            var now = time.GetTimestamp();
            if (_lastPublished != 0 && time.GetElapsedTime(_lastPublished, now) < Interval) return;

            _lastPublished = now;
            report = _latest;
        }

        signals.Publish(new EngineSignal(processId, SignalKind.Progressed, report));
    }
}
