using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Workers that dial, and which program holds their tunnels.</summary>
internal sealed class SessionDials(ProxySessionStore store, ProxySessions sessions, CavaticaAccounts accounts, IModelDatabase database, AuditLog audit, TimeProvider time)
{
    /// <summary>Lets a worker in by its secret, which is good until it has the next one.</summary>
    /// <returns>Null when it is refused.</returns>
    public async Task<SessionDial?> DialAsync(Guid sessionId, string secret, CancellationToken cancellationToken)
    {
        var next = SecretKeys.New();
        if (await store.DialAsync(sessionId, SecretKeys.Hash(secret), SecretKeys.Hash(next), cancellationToken).ConfigureAwait(false) is not { } epoch) return null;
        if (await store.FindAsync(sessionId, cancellationToken).ConfigureAwait(false) is not { } row) return null;

        var owner = await database.ReadAsync((context, token) => context.Set<UserAccountRow>().Where(user => user.Id == row.UserId).Select(user => user.Name).SingleOrDefaultAsync(token), cancellationToken).ConfigureAwait(false);
        if (owner is null) return null;

        try
        {
            return new SessionDial(ProxySessions.Describe(row), owner, epoch, next, await OpenProjectAsync(row, cancellationToken).ConfigureAwait(false));
        }
        catch (CavaticaAccountException exception)
        {
            // Without its project it would keep the user's files nowhere.
            if (await store.AdvanceAsync(sessionId, ProxySessionState.Closing, exception.Message, cancellationToken).ConfigureAwait(false)) sessions.Tell(sessionId);
            return null;
        }
    }

    /// <summary>The worker thanked for the next secret: its tunnel is with this program now.</summary>
    /// <returns>False when it has dialled again meanwhile, or the session is over.</returns>
    public async Task<bool> HoldAsync(Guid sessionId, SessionDial dial, string replicaUrl, Guid bootId, CancellationToken cancellationToken)
    {
        if (!await store.HoldAsync(sessionId, dial.Epoch, replicaUrl, bootId, cancellationToken).ConfigureAwait(false)) return false;

        sessions.Tell(sessionId);
        return true;
    }

    /// <summary>The worker answers requests: its session is connected.</summary>
    /// <param name="address">From which network address it dialled, for the audit log.</param>
    public async Task ConnectAsync(Guid sessionId, SessionDial dial, string address, CancellationToken cancellationToken)
    {
        if (!await store.ConnectAsync(sessionId, dial.Epoch, Now(), cancellationToken).ConfigureAwait(false)) return;

        if (dial.Epoch == 1) await audit.RecordAsync(new Actor(dial.Session.UserId, IsAdmin: false), "session.connect", sessionId.ToString(), "", address, cancellationToken).ConfigureAwait(false);
        sessions.Tell(sessionId);
    }

    /// <summary>Whether a tunnel that this program holds is still wanted: the session goes on, and no later tunnel took its place, here or elsewhere. Another program that did not reach this one may have said that it is gone; that is put right.</summary>
    public async Task<bool> IsWantedAsync(Guid sessionId, int epoch, string replicaUrl, Guid bootId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(sessionId, cancellationToken).ConfigureAwait(false) is not { Ended: null, State: not ProxySessionState.Closing } row) return false;
        if (row.Epoch == epoch && row.BootId is null && await store.HoldAgainAsync(sessionId, epoch, replicaUrl, bootId, cancellationToken).ConfigureAwait(false)) sessions.Tell(sessionId);
        // While the worker dials anew, what it has is good until it has something else.
        return row.Epoch == epoch || (row.BootId == bootId && row.NextSecretHash is not null);
    }

    /// <summary>A tunnel that this program held is gone.</summary>
    public async Task LoseAsync(Guid sessionId, int epoch, Guid bootId, CancellationToken cancellationToken)
    {
        if (await store.LoseAsync(sessionId, epoch, bootId, Now(), cancellationToken).ConfigureAwait(false)) sessions.Tell(sessionId);
    }

    /// <summary>Another program that held a tunnel is gone.</summary>
    public async Task LoseAsync(Guid sessionId, Guid bootId, CancellationToken cancellationToken)
    {
        if (await store.LoseAsync(sessionId, bootId, Now(), cancellationToken).ConfigureAwait(false)) sessions.Tell(sessionId);
    }

    private async Task<CavaticaAccess?> OpenProjectAsync(ProxySessionRow row, CancellationToken cancellationToken)
    {
        if (row.Project == "") return null;

        var access = await accounts.OpenAsync(row.UserId, cancellationToken).ConfigureAwait(false) ?? throw new CavaticaAccountException(CavaticaAccountProblem.NoKey, "There is no CAVATICA key for it any more.");
        // Another may have been chosen meanwhile, for the next session.
        return access with { Project = row.Project };
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>A worker that was let in.</summary>
/// <param name="Epoch">The how manieth time.</param>
/// <param name="NextSecret">With what it dials the next time.</param>
/// <param name="Project">Where it keeps files; null where it keeps them with itself.</param>
internal sealed record SessionDial(ProxySession Session, string Owner, int Epoch, string NextSecret, CavaticaAccess? Project)
{
    /// <summary>Without the secrets, wherever it is written.</summary>
    public override string ToString() => $"{Session.UserId}, for the {Epoch}th time";
}
