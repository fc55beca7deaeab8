using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace PlaybookBuilder.Tests.Support;

/// <summary>A clock that is moved by hand, and tells which waits begin by it.</summary>
internal sealed class HeardTimers : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public Task<TimeSpan> NextAsync() => _waits.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(EngineHost.Patience, TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }
}
