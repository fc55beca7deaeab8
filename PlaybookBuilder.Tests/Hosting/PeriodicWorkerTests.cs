using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Hosting;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Hosting;

public sealed class PeriodicWorkerTests : IDisposable
{
    private readonly HeardTimers _time = new();
    private readonly LoggedLines _log = new();
    private readonly LoggerFactory _loggers;

    public PeriodicWorkerTests() => _loggers = new LoggerFactory([_log]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public async Task Run_ThatFails_IsLoggedAndDoneAgain()
    {
        using var worker = new Counted(_time, _loggers.CreateLogger<Counted>());
        await worker.StartAsync(Cancellation);

        for (var run = 1; run <= 3; run++)
        {
            Assert.Equal(run, await worker.Runs.ReadAsync(Cancellation).AsTask().WaitAsync(EngineHost.Patience, Cancellation));
            _time.Advance(await _time.NextAsync());
        }

        await worker.StopAsync(Cancellation);
        Assert.Equal(TaskStatus.RanToCompletion, worker.ExecuteTask!.Status);
        Assert.Contains(_log.Lines, line => line.Contains("Counted failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waits_AreAboutTheInterval_AndDiffer()
    {
        using var worker = new Counted(_time, _loggers.CreateLogger<Counted>());
        await worker.StartAsync(Cancellation);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 50; i++)
        {
            waits.Add(await _time.NextAsync());
            _time.Advance(waits[^1]);
        }

        await worker.StopAsync(Cancellation);

        Assert.All(waits, wait => Assert.InRange(wait, Counted.Interval * 0.9, Counted.Interval * 1.1));
        Assert.True(waits.Distinct().Count() > 10);
    }

    [Fact]
    public async Task Stop_WhileItWorks_EndsWithoutAWord()
    {
        using var worker = new Endless(_time, _loggers.CreateLogger<Endless>());
        await worker.StartAsync(Cancellation);
        await worker.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);

        await worker.StopAsync(Cancellation).WaitAsync(EngineHost.Patience, Cancellation);

        Assert.Equal(TaskStatus.RanToCompletion, worker.ExecuteTask!.Status);
        Assert.Empty(_log.Lines);
    }

    private sealed class Counted(TimeProvider time, ILogger logger) : PeriodicWorker(Interval, time, logger)
    {
        public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

        private readonly Channel<int> _runs = Channel.CreateUnbounded<int>();
        private int _count;

        public ChannelReader<int> Runs => _runs.Reader;

        internal override Task RunOnceAsync(CancellationToken cancellationToken)
        {
            _runs.Writer.TryWrite(++_count);
            // The second time it is cancelled by something else than the end of the program.
            return _count == 2 ? throw new OperationCanceledException("a time limit") : throw new InvalidDataException("nothing works");
        }
    }

    private sealed class Endless(TimeProvider time, ILogger logger) : PeriodicWorker(TimeSpan.FromMinutes(10), time, logger)
    {
        public TaskCompletionSource Begun { get; } = new();

        internal override Task RunOnceAsync(CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
