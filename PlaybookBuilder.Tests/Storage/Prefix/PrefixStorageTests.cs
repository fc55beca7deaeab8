using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Prefix;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Prefix;

public sealed class PrefixStorageTests
{
    private readonly MemoryStorage _whole = new(TimeProvider.System);

    [Fact]
    public async Task Blobs_UnderThePrefix_AreAllThereIs()
    {
        await _whole.WriteAsync("user/project/blob", Bytes(1));
        await _whole.WriteAsync("user/project2/blob", Bytes(2));
        await _whole.WriteAsync("blob", Bytes(3));
        var part = new PrefixStorage(_whole, At("user/project"));

        Assert.Equal(["blob"], await part.ListAsync());
        Assert.Equal(1, (await part.StatAsync("blob"))?.Size);
    }

    [Fact]
    public async Task Write_ThroughThePrefix_IsBelowItInTheWhole()
    {
        await new PrefixStorage(_whole, At("user/project")).WriteAsync("folder/blob", Bytes(1));

        Assert.Equal(["user/project/folder/blob"], await _whole.ListAsync());
    }
}
