using System.Diagnostics.Metrics;
using PlaybookBuilder.Core.Telemetry;

namespace PlaybookBuilder.Core.Storage.Measured;

/// <summary>Counts the bytes that this program reads from the storage and writes into it.</summary>
internal sealed class StorageMetrics
{
    private readonly Counter<long> _read;
    private readonly Counter<long> _written;

    public StorageMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PlaybookTelemetry.Name);
        _read = meter.CreateCounter<long>("playbook.storage.read", "By", "Bytes that this program read from the storage");
        _written = meter.CreateCounter<long>("playbook.storage.written", "By", "Bytes of blobs that this program wrote into the storage");
    }

    public void Read(int bytes)
    {
        if (bytes > 0) _read.Add(bytes);
    }

    public void Written(long bytes) => _written.Add(bytes);
}
