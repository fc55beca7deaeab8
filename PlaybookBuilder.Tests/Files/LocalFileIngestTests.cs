using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

public sealed class LocalFileIngestTests : FileIngestTests
{
    private readonly TemporaryFolder _folder = new();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    private protected override IStorage Create() => new LocalStorage(_folder.Path);

    private protected override void AssertNoTraces() => Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
}
