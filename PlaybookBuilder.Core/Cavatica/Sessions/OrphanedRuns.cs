using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Ends workers whose sessions are over and that were never seen to end: the answer to their start was lost, or the program that started them died on the way. They would cost their users money.</summary>
internal sealed partial class OrphanedRuns(ProxySessionStore store, IEnumerable<ISessionLauncher> launchers, TimeProvider time, ILogger<OrphanedRuns> logger) : PeriodicWorker(TimeSpan.FromMinutes(1), time, logger)
{
    // A run may appear some time after it was asked for.
    private static readonly TimeSpan[] Looks = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60)];

    private static readonly TimeSpan TimeForLook = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid UserId, string Launcher), Suspicion> _suspicions = new();

    /// <summary>A user may have such a worker, now or soon: it is looked for a few times.</summary>
    /// <param name="url">Where workers of this installation dial; null where that is not known.</param>
    public void Suspect(Guid userId, string launcher, Uri? url) => _suspicions[(userId, launcher)] = new Suspicion(0, Time.GetUtcNow() + Looks[0], url);

    /// <summary>Looks once, and ends what it finds. Of sessions that nobody knows here it ends those that dial this installation.</summary>
    /// <returns>How many were ended.</returns>
    /// <exception cref="LaunchException">The launcher can't say now.</exception>
    public async Task<int> EndAsync(ISessionLauncher launcher, Guid userId, Uri? url, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var run in await launcher.ListAsync(userId, cancellationToken).ConfigureAwait(false))
        {
            // Looked up after the list: a session is written down before its worker is asked for.
            var session = await store.FindAsync(run.SessionId, cancellationToken).ConfigureAwait(false);
            if (session is null ? url is null || run.Url != url.ToString() : session.Ended is null) continue;

            await launcher.CancelAsync(userId, run.RunId, cancellationToken).ConfigureAwait(false);
            LogEnded(run.RunId, run.SessionId);
            ended++;
        }

        return ended;
    }

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var (who, suspicion) in _suspicions.Where(one => one.Value.Due <= Time.GetUtcNow()).ToList())
        {
            var next = suspicion.Look + 1;
            if (next == Looks.Length) _suspicions.TryRemove(KeyValuePair.Create(who, suspicion));
            else _suspicions.TryUpdate(who, suspicion with { Look = next, Due = Time.GetUtcNow() + Looks[next] }, suspicion);

            if (launchers.FirstOrDefault(launcher => launcher.Name == who.Launcher) is not { } launcher) continue;

            await TryAsync(token => LookAsync(launcher, who.UserId, suspicion.Url, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(ISessionLauncher launcher, Guid userId, Uri? url, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeForLook, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await EndAsync(launcher, userId, url, either.Token).ConfigureAwait(false);
    }

    private sealed record Suspicion(int Look, DateTimeOffset Due, Uri? Url);

    [LoggerMessage(LogLevel.Warning, "The run {Run} is of session {Session}, which is over or unknown: it was told to end")]
    private partial void LogEnded(string run, Guid session);
}
