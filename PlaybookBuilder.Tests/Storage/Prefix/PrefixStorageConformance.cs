using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Core.Storage.Prefix;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Prefix;

public sealed class PrefixStorageConformance : StorageConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IStorage Create() => new PrefixStorage(new LocalStorage(_folder.Path), StoragePath.Parse("some/prefix"));
}
