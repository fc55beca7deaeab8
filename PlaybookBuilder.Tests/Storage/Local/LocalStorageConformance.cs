using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Local;

public sealed class LocalStorageConformance : StorageConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IStorage Create() => new LocalStorage(Path.Combine(_folder.Path, "data", "ufs"));
}
