using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>
/// Tells the other programs of the deployment what happens in this one. A transaction that notifies holds a lock of the whole
/// database through its flush, so no writer does it within its own: what has gathered while one notification was under way goes
/// with the next, on a connection that does not wait for the disk.
/// </summary>
internal sealed partial class PostgresNotifier : BackgroundService
{
    private const string DoNotWait = "SET synchronous_commit = off";
    // What most runs begin with is over before anybody could have read it.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(50);

    private const string Notify = "SELECT pg_notify(@channel, payload) FROM unnest(@payloads) AS message (payload)";

    private readonly PostgresConnection _connections;
    private readonly EngineSignals _signals;
    private readonly WorkerWakeUp _wakeUp;
    private readonly PostgresMetrics _metrics;
    private readonly ILogger<PostgresNotifier> _logger;
    private readonly ConcurrentQueue<EngineSignal> _pending = new();
    private readonly SemaphoreSlim _any = new(0);
    private readonly Dictionary<Guid, EngineSignal> _settling = [];
    private readonly ITimer _timer;
    private volatile bool _isSettled;
    private int _isWorkPending;

    public PostgresNotifier(PostgresConnection connections, EngineSignals signals, WorkerWakeUp wakeUp, PostgresMetrics metrics, TimeProvider time, ILogger<PostgresNotifier> logger)
    {
        _timer = time.CreateTimer(_ => EndSettling(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        (_connections, _signals, _wakeUp, _metrics, _logger) = (connections, signals, wakeUp, metrics, logger);
        _signals.Published += Add;
        _wakeUp.OthersWoken += AddWork;
    }

    /// <summary>The server's number of the connection that notifies: what comes from there is this program's own.</summary>
    public int ProcessId { get; private set; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _connections.KeepAsync(
            async (connection, cancellationToken) =>
            {
                await connection.RunAsync(DoNotWait, cancellationToken).ConfigureAwait(false);
                ProcessId = connection.ProcessID;
                while (true)
                {
                    await _any.WaitAsync(cancellationToken).ConfigureAwait(false);
                    await SendAsync(connection, cancellationToken).ConfigureAwait(false);
                }
            },
            failed: exception =>
            {
                _metrics.LostConnection("notify");
                LogFailure(exception);
            },
            stoppingToken);

    public override void Dispose()
    {
        _signals.Published -= Add;
        _wakeUp.OthersWoken -= AddWork;
        _timer.Dispose();
        _any.Dispose();
        base.Dispose();
    }

    private void Add(EngineSignal signal)
    {
        _pending.Enqueue(signal);
        WakeUp();
    }

    private void AddWork()
    {
        Volatile.Write(ref _isWorkPending, 1);
        WakeUp();
    }

    private void WakeUp()
    {
        if (_any.CurrentCount == 0) _any.Release();
    }

    private async Task SendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var signals = new List<EngineSignal>();
        while (_pending.TryDequeue(out var signal)) signals.Add(signal);
        Settle(signals);
        List<string> payloads = [.. PostgresMessages.Pack(signals)];
        if (Interlocked.Exchange(ref _isWorkPending, 0) == 1) payloads.Add(PostgresMessages.Work);
        if (payloads.Count == 0) return;

        try
        {
            await connection.RunAsync(Notify, cancellationToken, ("channel", PostgresMessages.Channel), ("payloads", payloads.ToArray())).ConfigureAwait(false);
            _metrics.Sent(payloads.Count);
        }
        catch
        {
            // The next connection sends them again: listeners may have come back before this one broke.
            foreach (var signal in signals) _pending.Enqueue(signal);
            AddWork();
            throw;
        }
    }

    // That something ended is told at once; that it was queued, started or got on, only if it has not ended a moment later.
    private void Settle(List<EngineSignal> signals)
    {
        foreach (var signal in signals) _settling.Remove(signal.ProcessId);
        var passing = signals.Where(static signal => signal.Kind is not (SignalKind.Ended or SignalKind.CancelRequested)).ToList();
        if (passing.Count > 0 && _settling.Count == 0) _timer.Change(Settling, Timeout.InfiniteTimeSpan);
        foreach (var signal in passing) _settling[signal.ProcessId] = signal;
        signals.RemoveAll(static signal => signal.Kind is not (SignalKind.Ended or SignalKind.CancelRequested));
        foreach (var ended in signals) _settling.Remove(ended.ProcessId);
        if (!_isSettled) return;

        _isSettled = false;
        signals.AddRange(_settling.Values);
        _settling.Clear();
    }

    private void EndSettling()
    {
        _isSettled = true;
        WakeUp();
    }

    [LoggerMessage(LogLevel.Warning, "The connection that notifies is gone; it is opened again")]
    private partial void LogFailure(Exception exception);
}
