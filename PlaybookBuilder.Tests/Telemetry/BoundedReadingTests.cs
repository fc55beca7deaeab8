using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Telemetry;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Telemetry;

public sealed class BoundedReadingTests
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = FakeClock.New();

    [Fact]
    public void Read_WhileFresh_ReadsOnce()
    {
        var readings = 0;
        var reading = Of(_ => Task.FromResult($"{++readings}"));

        Assert.Equal(("1", "1"), (reading.Read(), reading.Read()));
        _time.Advance(Fresh);
        Assert.Equal("2", reading.Read());
    }

    [Fact]
    public async Task Read_ThatNeverEnds_IsGivenUp()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Of(_ =>
        {
            begun.SetResult();
            return new TaskCompletionSource<string>().Task;
        });

        var read = Task.Run(reading.Read, TestContext.Current.CancellationToken);
        await begun.Task.WaitAsync(EngineHost.Patience, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(await read.WaitAsync(EngineHost.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_ThatFails_IsNothing() => Assert.Null(Of(static _ => throw new InvalidOperationException("no such table")).Read());

    private BoundedReading<string> Of(Func<CancellationToken, Task<string>> read) => new(read, Fresh, _time, NullLogger.Instance);
}
