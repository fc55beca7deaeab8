using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.ReadOnly;

namespace PlaybookBuilder.Tests.Storage.ReadOnly;

public sealed class ReadOnlyStorageConformance : ReadOnlyConformance
{
    private readonly MemoryStorage _behind = new(TimeProvider.System);

    protected override IStorage Create() => new ReadOnlyStorage(_behind);

    protected override Task PutAsync(string path, byte[] content) => _behind.WriteAsync(path, content);
}
