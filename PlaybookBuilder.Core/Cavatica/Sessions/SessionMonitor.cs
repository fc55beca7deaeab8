using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Asks launchers how the workers of sessions are. One program of the deployment does it at a time; when it dies, another does the next time.</summary>
internal sealed partial class SessionMonitor(ProxySessionStore store, ProxySessions sessions, IEnumerable<ISessionLauncher> launchers, SharedTurns turns, TimeProvider time, ILogger<SessionMonitor> logger) : PeriodicWorker(Interval, time, logger)
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

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await turns.TryTakeAsync(Work, Interval * 0.8, cancellationToken).ConfigureAwait(false)) return;

        var live = await store.ListLiveAsync(Most, cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(live, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (row, token) => await TryAsync(inner => FollowAsync(row, inner), token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task FollowAsync(ProxySessionRow row, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        if (row.RunId is null)
        {
            if (row.State == ProxySessionState.Closing) await EndAsync(row, ProxySessionState.Closed, null, cancellationToken).ConfigureAwait(false);
            else if (row.Created < now - TimeToBeTaken) await EndAsync(row, ProxySessionState.Failed, "Nothing is known of its worker: the program that was to start it ended on the way.", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (launchers.FirstOrDefault(one => one.Name == row.Launcher) is not { } launcher) return;

        using var limit = new CancellationTokenSource(TimeForAnswer, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (row.State == ProxySessionState.Closing) await launcher.CancelAsync(row.UserId, row.RunId, either.Token).ConfigureAwait(false);
            await TakeAsync(row, await launcher.ReadAsync(row.UserId, row.RunId, either.Token).ConfigureAwait(false), now, cancellationToken).ConfigureAwait(false);
        }
        catch (LaunchException exception)
        {
            // Who can't be asked has not said that it is over.
            LogUnknown(exception, row.Id);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnknown(exception, row.Id);
        }
    }

    private async Task TakeAsync(ProxySessionRow row, LaunchedState told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (told.State is ProxySessionState.Closed or ProxySessionState.Failed)
        {
            // A worker that ends before anybody disconnected it ended by itself, being idle, or was ended elsewhere.
            var reason = told.Reason ?? (row.State is ProxySessionState.Closing or ProxySessionState.Connected ? null : "Its worker ended before it connected.");
            await EndAsync(row, row.Connected is null && row.State != ProxySessionState.Closing ? ProxySessionState.Failed : told.State, reason, cancellationToken).ConfigureAwait(false);
        }
        else if (row is { Connected: null, State: ProxySessionState.Started } && row.Created < now - TimeToDial)
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

    [LoggerMessage(LogLevel.Warning, "How the worker of session {Session} is can't be told now")]
    private partial void LogUnknown(Exception exception, Guid session);
}
