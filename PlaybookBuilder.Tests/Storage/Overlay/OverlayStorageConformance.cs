using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Overlay;

namespace PlaybookBuilder.Tests.Storage.Overlay;

public sealed class OverlayStorageConformance : StorageConformance
{
    protected override IStorage Create() => new OverlayStorage(new MemoryStorage(TimeProvider.System), new MemoryStorage(TimeProvider.System));
}
