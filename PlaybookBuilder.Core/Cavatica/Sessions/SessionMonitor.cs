using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Asks launchers how the workers of sessions are. One program of the deployment does it at a time; when it dies, another does the next time.</summary>
internal sealed partial class SessionMonitor(ProxySessionStore store, ProxySessions sessions, IEnumerable<ISessionLauncher> launchers, OrphanedRuns orphans, SharedTurns turns, TimeProvider time, ILogger<SessionMonitor> logger) : PeriodicWorker(Interval, time, logger)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private const string Work = "sessions";
    private const int Most = 1_000;
    private const int AtOnce = 8;

    // A program that was asked to start a worker died before it could say what came of it.
    private static readonly TimeSpan TimeToBeTaken = TimeSpan.FromMinutes(5);

    // Its machine is gone with nothing said, or nothing lets it out.
    private static readonly TimeSpan TimeToDial = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TimeToDialAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TimeForAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToBeSeen = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, Watch> _watches = new();

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await turns.TryTakeAsync(Work, Interval * 0.8, cancellationToken).ConfigureAwait(false)) return;

        var live = await store.ListLiveAsync(Most, cancellationToken).ConfigureAwait(false);
        foreach (var gone in _watches.Keys.Except(live.Select(static row => row.Id)).ToList()) _watches.TryRemove(gone, out _);
        await Parallel.ForEachAsync(live, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (row, token) => await TryAsync(inner => FollowAsync(row, inner), token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task FollowAsync(ProxySessionRow row, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        if (row.RunId is null)
        {
            if (row.State == ProxySessionState.Closing) await EndUnseenAsync(row, ProxySessionState.Closed, null, cancellationToken).ConfigureAwait(false);
            else if (row.Created < now - TimeToBeTaken) await EndUnseenAsync(row, ProxySessionState.Failed, "Nothing is known of its worker: the program that was to start it ended on the way.", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (launchers.FirstOrDefault(one => one.Name == row.Launcher) is not { } launcher) return;

        var watch = _watches.GetOrAdd(row.Id, static (_, state) => new Watch(state), row.State);
        if (!watch.IsDue(row.State, now, launcher.Pause)) return;

        using var limit = new CancellationTokenSource(TimeForAnswer, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (row.State == ProxySessionState.Closing) await launcher.CancelAsync(row.UserId, row.RunId, either.Token).ConfigureAwait(false);
            var told = await launcher.ReadAsync(row.UserId, row.RunId, either.Token).ConfigureAwait(false);
            watch.Saw(told.State, now);
            await TakeAsync(row, told, watch, now, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LaunchException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnknown(exception, row.Id);
            watch.SawNothing(now);
            // Who can't be asked has not said that it is over; but a worker that is not wanted, or not there, is not waited for without end.
            if (watch.Unseen < now - TimeToBeSeen && (row.State == ProxySessionState.Closing || row.Lost < now - TimeToDialAgain))
                await EndUnseenAsync(row, ProxySessionState.Failed, $"Whether its worker has ended is not known: {exception.Message} Look at its task there.", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(ProxySessionRow row, LaunchedState told, Watch watch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (told.State is ProxySessionState.Closed or ProxySessionState.Failed)
        {
            if (row.State == ProxySessionState.Closing)
            {
                // As it was told to, in whatever way.
                await EndAsync(row, ProxySessionState.Closed, null, cancellationToken).ConfigureAwait(false);
                return;
            }

            // A worker that ends before anybody disconnected it ended by itself, being idle, or was ended elsewhere.
            var reason = told.Reason ?? (row.State == ProxySessionState.Connected ? null : "Its worker ended before it connected.");
            await EndAsync(row, row.Connected is null ? ProxySessionState.Failed : told.State, reason, cancellationToken).ConfigureAwait(false);
        }
        else if (row is { Connected: null, State: ProxySessionState.Started } && row.Created < now - TimeToDial && watch.Started < now - TimeToDial)
        {
            await GiveUpAsync(row, "Its worker was started and never connected. Perhaps its network does not let it reach this application.", cancellationToken).ConfigureAwait(false);
        }
        else if (row.Lost is { } lost && lost < now - TimeToDialAgain)
        {
            await GiveUpAsync(row, "Its worker lost the connection and did not come back.", cancellationToken).ConfigureAwait(false);
        }
        else if (await store.AdvanceAsync(row.Id, told.State, told.Reason, cancellationToken).ConfigureAwait(false))
        {
            sessions.Tell(row.Id);
        }
    }

    private async Task GiveUpAsync(ProxySessionRow row, string reason, CancellationToken cancellationToken)
    {
        if (await store.AdvanceAsync(row.Id, ProxySessionState.Closing, reason, cancellationToken).ConfigureAwait(false)) sessions.Tell(row.Id);
    }

    private async Task EndAsync(ProxySessionRow row, ProxySessionState state, string? reason, CancellationToken cancellationToken)
    {
        if (await store.EndAsync(row.Id, state, reason ?? row.Reason, Time.GetUtcNow(), cancellationToken).ConfigureAwait(false)) sessions.Tell(row.Id);
    }

    /// <summary>Its worker may be there all the same.</summary>
    private async Task EndUnseenAsync(ProxySessionRow row, ProxySessionState state, string? reason, CancellationToken cancellationToken)
    {
        await EndAsync(row, state, reason, cancellationToken).ConfigureAwait(false);
        orphans.Suspect(row.UserId, row.Launcher, url: null);
    }

    /// <summary>What this program saw of one session: its record does not say when things were so.</summary>
    private sealed class Watch(ProxySessionState state)
    {
        private ProxySessionState _state = state;
        private DateTimeOffset? _asked;

        /// <summary>Since when its worker is known to run.</summary>
        public DateTimeOffset? Started { get; private set; }

        /// <summary>Since when nobody can say how its worker is.</summary>
        public DateTimeOffset? Unseen { get; private set; }

        public bool IsDue(ProxySessionState now, DateTimeOffset time, TimeSpan pause)
        {
            if (_state == now && time < _asked + pause) return false;

            (_state, _asked) = (now, time);
            return true;
        }

        public void Saw(ProxySessionState told, DateTimeOffset time)
        {
            Unseen = null;
            if (told == ProxySessionState.Started) Started ??= time;
        }

        public void SawNothing(DateTimeOffset time) => Unseen ??= time;
    }

    [LoggerMessage(LogLevel.Warning, "How the worker of session {Session} is can't be told now")]
    private partial void LogUnknown(Exception exception, Guid session);
}
