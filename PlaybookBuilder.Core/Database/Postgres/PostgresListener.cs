using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Hears what happens in the other programs of the deployment. After a gap everybody reads again.</summary>
internal sealed partial class PostgresListener(PostgresConnection connections, PostgresNotifier notifier, EngineSignals signals, WorkerWakeUp wakeUp, PostgresMetrics metrics, ILogger<PostgresListener> logger) : BackgroundService
{
    private const string Listen = $"LISTEN {PostgresMessages.Channel}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        connections.KeepAsync(
            async (connection, cancellationToken) =>
            {
                connection.Notification += (_, message) =>
                {
                    if (message.PID != notifier.ProcessId) Receive(message.Payload);
                };
                await connection.RunAsync(Listen, cancellationToken).ConfigureAwait(false);
                signals.DeliverGap();
                wakeUp.WakeOwn();
                while (true) await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
            },
            failed: exception =>
            {
                metrics.LostConnection("listen");
                LogFailure(exception);
            },
            stoppingToken);

    private void Receive(string payload)
    {
        metrics.Received();
        if (payload == PostgresMessages.Work)
        {
            wakeUp.WakeOwn();
            return;
        }

        foreach (var signal in PostgresMessages.Unpack(payload)) signals.Deliver(signal);
    }

    [LoggerMessage(LogLevel.Warning, "The connection that listens is gone; it is opened again")]
    private partial void LogFailure(Exception exception);
}
