using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Measured;
using PlaybookBuilder.Core.Storage.Memory;

namespace PlaybookBuilder.Tests.Storage.Measured;

public sealed class MeasuredStorageConformance : StorageConformance
{
    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    protected override IStorage Create() => new MeasuredStorage(new MemoryStorage(TimeProvider.System), new StorageMetrics(Meters));
}
