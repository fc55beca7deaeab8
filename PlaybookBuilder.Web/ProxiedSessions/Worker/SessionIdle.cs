using System.Threading.Channels;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Ends a session in which nothing is done: no job is queued or running, no request is under way, and the user does nothing. Looks when something changes, and when the time is up.</summary>
internal sealed partial class SessionIdle(SessionLife life, SessionPresence presence, IJobQueue queue, EngineSignals signals, SessionIdleOptions options, TimeProvider time, ILogger<SessionIdle> logger) : BackgroundService
{
    // Jobs tell when they end; should one not, it is noticed then.
    private static readonly TimeSpan AtWork = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _worked = time.GetUtcNow().UtcTicks;

    /// <summary>Looks whether the session is to end, and warns or ends it.</summary>
    /// <returns>When to look again, if nothing changes before; null after the end.</returns>
    internal async Task<DateTimeOffset?> LookAsync(CancellationToken cancellationToken)
    {
        var depth = await queue.MeasureAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (presence.HasRequest || depth.Queued + depth.Running > 0)
        {
            Volatile.Write(ref _worked, now.UtcTicks);
            life.Warn(null);
            return now + AtWork;
        }

        var quiet = Later(life.LastActed, new DateTimeOffset(Volatile.Read(ref _worked), TimeSpan.Zero));
        if (life.EndsAt is null && presence.HasBrowser)
        {
            var end = quiet + options.WithBrowser;
            if (now < end - options.Warning) return end - options.Warning;

            // Whoever comes to a page that is overdue has the same time to say that it is needed.
            life.Warn(Later(end, now + options.Warning));
        }

        // A warning stands when the page is left, and when it comes back: neither is something that the user does.
        var due = life.EndsAt ?? Later(quiet, presence.Left) + options.WithoutBrowser;
        if (now < due) return due;

        await life.EndAsync(life.EndsAt is null ? $"Nobody was there for {InMinutes(options.WithoutBrowser)}." : $"Nothing was done for {InMinutes(options.WithBrowser)}.");
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        presence.Changed += Wake;
        life.UserActed += Wake;
        signals.Delivered += Hear;
        try
        {
            while (await TryLookAsync(stoppingToken) is { } next) await WaitAsync(next, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops, and with it this.
        }
        finally
        {
            presence.Changed -= Wake;
            life.UserActed -= Wake;
            signals.Delivered -= Hear;
        }
    }

    private async Task<DateTimeOffset?> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
            return time.GetUtcNow() + AtWork;
        }
    }

    private async Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var wait = until - time.GetUtcNow();
        using var limit = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _changes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing changed, and the time is up.
        }
    }

    private void Hear(EngineSignal signal)
    {
        if (signal.Kind is not (SignalKind.Queued or SignalKind.Started or SignalKind.Ended)) return;

        Volatile.Write(ref _worked, time.GetUtcNow().UtcTicks);
        Wake();
    }

    private void Wake() => _changes.Writer.TryWrite(true);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static string InMinutes(TimeSpan time) => time == TimeSpan.FromMinutes(1) ? "a minute" : $"{time.TotalMinutes:0.##} minutes";

    [LoggerMessage(LogLevel.Warning, "Whether the session is idle could not be told, and is looked at again later")]
    private partial void LogFailure(Exception exception);
}
