using System.Diagnostics.Metrics;
using PlaybookBuilder.Core.Telemetry;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Measures what programs tell each other through Postgres, and how often the connections break that they keep for it.</summary>
internal sealed class PostgresMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _received;
    private readonly Counter<long> _lost;

    public PostgresMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PlaybookTelemetry.Name);
        _sent = meter.CreateCounter<long>("playbook.notifications.sent", "{notification}", "Notifications that this program sent");
        _received = meter.CreateCounter<long>("playbook.notifications.received", "{notification}", "Notifications of other programs that this one heard");
        _lost = meter.CreateCounter<long>("playbook.database.connection_losses", "{connection}", "Failures of the connections that are kept, by what they are for");
    }

    public void Sent(int count) => _sent.Add(count);

    public void Received() => _received.Add(1);

    /// <param name="connection"><c>listen</c>, <c>notify</c>, or <c>worker</c>, the one whose lock says that a worker lives.</param>
    public void LostConnection(string connection) => _lost.Add(1, new KeyValuePair<string, object?>("connection", connection));
}
