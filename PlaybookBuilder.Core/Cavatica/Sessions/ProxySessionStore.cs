using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>The records of sessions. Each change says from where it may go, so that whoever comes late changes nothing.</summary>
internal sealed class ProxySessionStore(IModelDatabase database)
{
    /// <summary>Adds a session to its user's, of which one at a time goes on.</summary>
    /// <returns>False when the user has another.</returns>
    public Task<bool> TryAddAsync(ProxySessionRow row, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) =>
        {
            if (context.Database.IsNpgsql()) await PostgresLocks.HoldAsync(context, PostgresLocks.Launches, token).ConfigureAwait(false);
            if (await context.Set<ProxySessionRow>().AnyAsync(other => other.UserId == row.UserId && other.Ended == null, token).ConfigureAwait(false)) return false;

            context.Add(row);
            await context.SaveChangesAsync(token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public Task<ProxySessionRow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => context.Set<ProxySessionRow>().SingleOrDefaultAsync(row => row.Id == id, token), cancellationToken);

    /// <summary>A user's sessions, newest first.</summary>
    public Task<List<ProxySessionRow>> ListAsync(Guid userId, int most, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Set<ProxySessionRow>().Where(row => row.UserId == userId).OrderByDescending(row => row.Created).Take(most).ToListAsync(token),
        cancellationToken);

    /// <summary>Sessions that have not ended, everybody's, the oldest first.</summary>
    public Task<List<ProxySessionRow>> ListLiveAsync(int most, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Set<ProxySessionRow>().Where(row => row.Ended == null).OrderBy(row => row.Created).Take(most).ToListAsync(token),
        cancellationToken);

    /// <summary>The session has been taken by its launcher.</summary>
    public Task<bool> LaunchedAsync(Guid id, string runId, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.RunId == null)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.RunId, runId).SetProperty(session => session.State, session => session.State < ProxySessionState.Queued ? ProxySessionState.Queued : session.State), cancellationToken),
        cancellationToken);

    /// <summary>Takes a session further.</summary>
    /// <returns>Whether it was not there yet.</returns>
    public Task<bool> AdvanceAsync(Guid id, ProxySessionState to, string? reason, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.Ended == null && (row.State < to || (row.State == to && row.Reason != reason)))
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.State, to).SetProperty(session => session.Reason, reason), cancellationToken),
        cancellationToken);

    /// <summary>Ends a session for good; nobody dials for it any more.</summary>
    /// <param name="reason">Null for the one that it has.</param>
    public Task<bool> EndAsync(Guid id, ProxySessionState as_, string? reason, DateTimeOffset now, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.Ended == null)
            .ExecuteUpdateAsync(
                row => row.SetProperty(session => session.State, as_).SetProperty(session => session.Reason, session => reason ?? session.Reason).SetProperty(session => session.Ended, now)
                    .SetProperty(session => session.ReplicaUrl, (string?)null).SetProperty(session => session.BootId, (Guid?)null),
                cancellationToken),
        cancellationToken);

    /// <summary>A worker has dialled with this secret, and is told another one.</summary>
    /// <returns>Which time it is; null when the secret is not, or no longer, that of the session.</returns>
    public Task<int?> DialAsync(Guid id, string secretHash, string nextSecretHash, CancellationToken cancellationToken) => database.WriteAsync<int?>(
        async (context, token) =>
        {
            var dialled = await context.Set<ProxySessionRow>()
                .Where(row => row.Id == id && row.Ended == null && row.State != ProxySessionState.Closing && (row.SecretHash == secretHash || row.NextSecretHash == secretHash))
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.SecretHash, secretHash).SetProperty(session => session.NextSecretHash, nextSecretHash).SetProperty(session => session.Epoch, session => session.Epoch + 1), token)
                .ConfigureAwait(false);
            return dialled == 0 ? null : await context.Set<ProxySessionRow>().Where(row => row.Id == id).Select(row => row.Epoch).SingleAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>The worker has the next secret: the one that it dialled with is good for nothing now, and the tunnel is here.</summary>
    /// <returns>False when it has dialled again meanwhile, or the session ended.</returns>
    public Task<bool> HoldAsync(Guid id, int epoch, string replicaUrl, Guid bootId, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.Ended == null && row.Epoch == epoch && row.NextSecretHash != null && row.State != ProxySessionState.Closing)
            .ExecuteUpdateAsync(
                row => row.SetProperty(session => session.SecretHash, session => session.NextSecretHash!).SetProperty(session => session.NextSecretHash, (string?)null)
                    .SetProperty(session => session.ReplicaUrl, replicaUrl).SetProperty(session => session.BootId, bootId),
                cancellationToken),
        cancellationToken);

    /// <summary>The worker at the tunnel of that time answers.</summary>
    public Task<bool> ConnectAsync(Guid id, int epoch, DateTimeOffset now, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.Ended == null && row.Epoch == epoch && row.State != ProxySessionState.Closing)
            .ExecuteUpdateAsync(
                row => row.SetProperty(session => session.Connected, session => session.Connected ?? now).SetProperty(session => session.Lost, (DateTimeOffset?)null)
                    .SetProperty(session => session.State, ProxySessionState.Connected).SetProperty(session => session.Reason, (string?)null),
                cancellationToken),
        cancellationToken);

    /// <summary>The tunnel of that time is with this program after all.</summary>
    /// <returns>False when another one holds the session, the worker has dialled again, or the session ended.</returns>
    public Task<bool> HoldAgainAsync(Guid id, int epoch, string replicaUrl, Guid bootId, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.Ended == null && row.Epoch == epoch && row.BootId == null)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.ReplicaUrl, replicaUrl).SetProperty(session => session.BootId, bootId).SetProperty(session => session.Lost, (DateTimeOffset?)null), cancellationToken),
        cancellationToken);

    /// <summary>The tunnel of that time is gone; a later one stays.</summary>
    public Task<bool> LoseAsync(Guid id, int epoch, Guid bootId, DateTimeOffset now, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.Epoch == epoch && row.BootId == bootId)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.ReplicaUrl, (string?)null).SetProperty(session => session.BootId, (Guid?)null).SetProperty(session => session.Lost, now), cancellationToken),
        cancellationToken);

    /// <summary>The program that held the tunnel is gone, unless the worker has dialled another one meanwhile.</summary>
    public Task<bool> LoseAsync(Guid id, Guid bootId, DateTimeOffset now, CancellationToken cancellationToken) => UpdateAsync(
        rows => rows.Where(row => row.Id == id && row.BootId == bootId)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.ReplicaUrl, (string?)null).SetProperty(session => session.BootId, (Guid?)null).SetProperty(session => session.Lost, now), cancellationToken),
        cancellationToken);

    private async Task<bool> UpdateAsync(Func<IQueryable<ProxySessionRow>, Task<int>> update, CancellationToken cancellationToken) =>
        await database.WriteAsync((context, _) => update(context.Set<ProxySessionRow>()), cancellationToken).ConfigureAwait(false) > 0;
}
