using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Passes a process's progress on a few times a second, whatever its rate; the last that it told always arrives.</summary>
internal sealed class ThrottledProgress : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Guid _processId;
    private readonly EngineSignals _signals;
    private readonly ITimer _timer;
    private ProgressReport _latest = new(null, null);
    private bool _isPausing;
    private bool _isPending;
    private bool _isOver;

    public ThrottledProgress(Guid processId, EngineSignals signals, TimeProvider time)
    {
        (_processId, _signals) = (processId, signals);
        _timer = time.CreateTimer(static self => ((ThrottledProgress)self!).EndPause(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Receive(ProgressReport report)
    {
        lock (_lock)
        {
            // A message without a percentage does not take back what was known.
            _latest = new ProgressReport(report.Percent ?? _latest.Percent, report.Message ?? _latest.Message, report.Message is null ? _latest.IsWarning : report.IsWarning);
            if (_isPausing) _isPending = true;
            else Publish();
        }
    }

    /// <summary>The run is over: what a process that was left to itself goes on to tell is nobody's business.</summary>
    public void Dispose()
    {
        lock (_lock) _isOver = true;
        _timer.Dispose();
    }

    private void EndPause()
    {
        lock (_lock)
        {
            _isPausing = false;
            if (_isPending) Publish();
        }
    }

    private void Publish()
    {
        if (_isOver) return;

        (_isPending, _isPausing) = (false, true);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        _signals.Publish(new EngineSignal(_processId, SignalKind.Progressed, _latest));
    }
}
