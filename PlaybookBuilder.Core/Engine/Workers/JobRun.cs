namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>One run of a job: ends it when its time is over, when somebody cancels it and when the program stops, and knows which of these it was.</summary>
internal sealed class JobRun : IDisposable
{
    private readonly CancellationTokenSource _timeLimit;
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _any;
    private readonly IDisposable _subscription;
    private readonly CancellationToken _stopping;

    public JobRun(Guid processId, TimeSpan timeLimit, EngineSignals signals, TimeProvider time, CancellationToken stopping)
    {
        _stopping = stopping;
        _timeLimit = new CancellationTokenSource(timeLimit, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(stopping, _timeLimit.Token, _cancel.Token);
        _subscription = signals.Subscribe([processId], signal =>
        {
            if (signal.Kind == SignalKind.CancelRequested) Cancel();
        });
    }

    public CancellationToken Token => _any.Token;

    public bool IsStopping => _stopping.IsCancellationRequested;

    public bool IsCancelled => _cancel.IsCancellationRequested;

    public bool IsOutOfTime => _timeLimit.IsCancellationRequested;

    public void Cancel() => _cancel.Cancel();

    public void Dispose()
    {
        _subscription.Dispose();
        _any.Dispose();
        _timeLimit.Dispose();
        // Not _cancel, which holds nothing: a signal that was on its way may still come.
    }
}
