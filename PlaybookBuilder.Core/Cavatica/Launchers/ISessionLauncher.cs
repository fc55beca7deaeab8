using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Core.Cavatica.Launchers;

/// <summary>Starts the workers of sessions somewhere, and tells how they are.</summary>
internal interface ISessionLauncher
{
    /// <summary>By which records name it.</summary>
    string Name { get; }

    /// <summary>Whether its workers run in a project of the user's.</summary>
    bool NeedsProject { get; }

    /// <summary>How long to wait before a worker in the same state is asked after again.</summary>
    TimeSpan Pause { get; }

    /// <summary>Has a worker started.</summary>
    /// <returns>What the launcher calls it.</returns>
    /// <exception cref="LaunchException">It was not taken.</exception>
    Task<string> LaunchAsync(SessionLaunch launch, CancellationToken cancellationToken);

    /// <summary>Tells how a worker is.</summary>
    /// <exception cref="LaunchException">The launcher can't say now.</exception>
    Task<LaunchedState> ReadAsync(Guid userId, string runId, CancellationToken cancellationToken);

    /// <summary>Ends a worker; one that ended already is left as it is.</summary>
    /// <exception cref="LaunchException">The launcher can't do it now.</exception>
    Task CancelAsync(Guid userId, string runId, CancellationToken cancellationToken);

    /// <summary>The workers of a user that have not ended and say which session they are of, whether or not this application remembers them.</summary>
    /// <exception cref="LaunchException">The launcher can't say now.</exception>
    Task<IReadOnlyList<LaunchedRun>> ListAsync(Guid userId, CancellationToken cancellationToken);
}

/// <summary>A worker that is to be started.</summary>
/// <param name="Project">Where it runs; empty where the launcher has no projects.</param>
/// <param name="Settings">What it is started with.</param>
internal sealed record SessionLaunch(Guid SessionId, Guid UserId, string Project, SessionSettings Settings);

/// <summary>A worker that a launcher still has.</summary>
/// <param name="Url">Where it was told to dial, as text; null where that is not known any more.</param>
internal sealed record LaunchedRun(string RunId, Guid SessionId, string? Url);

/// <summary>How a launched worker is.</summary>
/// <param name="State">As far as the launcher knows; never <see cref="ProxySessionState.Connected"/>, of which it knows nothing.</param>
/// <param name="Reason">What there is to say beside it.</param>
internal sealed record LaunchedState(ProxySessionState State, string? Reason = null);

/// <summary>A launcher did not do what it was asked to. The message is for the session's owner.</summary>
internal sealed class LaunchException(string message, Exception? innerException = null) : Exception(message, innerException);
