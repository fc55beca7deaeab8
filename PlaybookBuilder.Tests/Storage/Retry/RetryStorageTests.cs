using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Retry;
using PlaybookBuilder.Tests.Storage.Faults;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Retry;

public sealed class RetryStorageTests
{
    private static readonly CallRetries Retries = new(3, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    private readonly MemoryStorage _whole = new(TimeProvider.System);

    [Theory]
    [InlineData(2, StorageErrorKind.Unavailable, 3)]
    [InlineData(9, StorageErrorKind.Unavailable, 3)]
    [InlineData(9, StorageErrorKind.AccessDenied, 1)]
    public async Task Stat_FailingATime_IsTriedAgainOnlyWhileThatMayHelp(int failures, StorageErrorKind kind, int expectedCalls)
    {
        await _whole.WriteAsync("blob", Bytes(10));
        var calls = 0;
        var storage = new RetryStorage(new FaultyStorage(_whole) { OnStat = path => ++calls <= failures ? throw new StorageException(kind, "away") : _whole.StatAsync(path, CancellationToken.None) }, Retries);

        var error = await Record.ExceptionAsync(() => storage.StatAsync("blob"));

        Assert.Equal((expectedCalls, failures < 3), (calls, error is null));
    }

    [Fact]
    public async Task Read_CutInTheMiddle_GoesOnWhereItWas()
    {
        await _whole.WriteAsync("blob", Bytes(200_000));
        var opened = 0;
        var storage = new RetryStorage(new FaultyStorage(_whole)
        {
            OnOpenRead = async (path, range) => new StreamThatBreaks(await _whole.OpenReadAsync(path, range, CancellationToken.None), after: ++opened < 3 ? 70_000 : int.MaxValue),
        }, Retries);

        Assert.Equal(Bytes(200_000), await storage.ReadAsync("blob"));
        Assert.Equal(3, opened);
    }

    [Fact]
    public async Task Read_CutAndReplacedMeanwhile_FailsInsteadOfJoiningTwoBlobs()
    {
        await _whole.WriteAsync("blob", Bytes(200_000));
        var storage = new RetryStorage(new FaultyStorage(_whole) { OnOpenRead = async (path, range) => new StreamThatBreaks(await _whole.OpenReadAsync(path, range, CancellationToken.None), after: 70_000) }, Retries);
        await using var open = await storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await _whole.WriteAsync("blob", Bytes(200_001, seed: 2));

        await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }

    private sealed class StreamThatBreaks(Stream inner, int after) : MemoryStream
    {
        private int _read;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read >= after)
                throw new StorageException(StorageErrorKind.Unavailable, "cut");

            var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, after - _read)], cancellationToken);
            _read += count;
            return count;
        }
    }
}
