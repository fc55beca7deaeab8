using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Telemetry;

namespace PlaybookBuilder.Core.Files;

/// <summary>Tells how much is stored, to whoever collects. It is read from the database then, so every program tells the same.</summary>
internal sealed class StoredFilesMetrics
{
    // An index is read from end to end for it.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly BoundedReading<StoredFiles> _stored;

    public StoredFilesMetrics(IMeterFactory meters, IUploadStore uploads, TimeProvider time, ILogger<StoredFilesMetrics> logger)
    {
        _stored = new(uploads.MeasureAsync, Fresh, time, logger);
        var meter = meters.Create(PlaybookTelemetry.Name);
        meter.CreateObservableGauge("playbook.storage.stored", () => Observe(static stored => stored.Bytes), "By", "Bytes of all uploads, each content once");
        meter.CreateObservableGauge("playbook.storage.contents", () => Observe(static stored => stored.Contents), "{content}", "Different contents of all uploads");
    }

    private Measurement<long>[] Observe(Func<StoredFiles, long> value) => _stored.Read() is { } stored ? [new(value(stored))] : [];
}
