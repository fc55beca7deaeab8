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
    private const string Notify = "SELECT pg_notify(@channel, payload) FROM unnest(@payloads) AS message (payload)";

    private readonly PostgresConnection _connections;
    private readonly EngineSignals _signals;
    private readonly WorkerWakeUp _wakeUp;
    private readonly ILogger<PostgresNotifier> _logger;
    private readonly ConcurrentQueue<EngineSignal> _pending = new();
    private readonly SemaphoreSlim _any = new(0);
    private int _isWorkPending;

    public PostgresNotifier(PostgresConnection connections, EngineSignals signals, WorkerWakeUp wakeUp, ILogger<PostgresNotifier> logger)
    {
        (_connections, _signals, _wakeUp, _logger) = (connections, signals, wakeUp, logger);
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
            LogFailure,
            stoppingToken);

    public override void Dispose()
    {
        _signals.Published -= Add;
        _wakeUp.OthersWoken -= AddWork;
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

    // What a broken connection takes with it is lost: whoever waits looks again after a while, and listeners after every gap.
    private async Task SendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var signals = new List<EngineSignal>();
        while (_pending.TryDequeue(out var signal)) signals.Add(signal);
        List<string> payloads = [.. PostgresMessages.Pack(signals)];
        if (Interlocked.Exchange(ref _isWorkPending, 0) == 1) payloads.Add(PostgresMessages.Work);
        if (payloads.Count > 0) await connection.RunAsync(Notify, cancellationToken, ("channel", PostgresMessages.Channel), ("payloads", payloads.ToArray())).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Warning, "The connection that notifies is gone; it is opened again")]
    private partial void LogFailure(Exception exception);
}
