using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, 0L)]
    [InlineData(0, -1L)]
    [InlineData(long.MinValue, long.MinValue)]
    public void New_NegativeOrEmpty_IsRefused(long offset, long? length) => Assert.Throws<ArgumentOutOfRangeException>(() => new ByteRange(offset, length));

    [Theory]
    [InlineData(0, null, 10)]
    [InlineData(9, null, 1)]
    [InlineData(3, 4L, 4)]
    [InlineData(3, 100L, 7)]
    [InlineData(1, long.MaxValue, 9)]
    public void LengthWithin_TenBytes_IsCutAtTheEnd(long offset, long? length, long expected) => Assert.Equal(expected, new ByteRange(offset, length).LengthWithin(At("blob"), 10));

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0, 0)]
    [InlineData(long.MaxValue, 10)]
    public void LengthWithin_FromPastTheEnd_IsNotSatisfiable(long offset, long size) =>
        Assert.Equal(StorageErrorKind.RangeNotSatisfiable, Assert.Throws<StorageException>(() => new ByteRange(offset).LengthWithin(At("blob"), size)).Kind);
}
