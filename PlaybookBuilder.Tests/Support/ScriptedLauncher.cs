using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Starts nothing, and tells of its workers what a test says.</summary>
internal sealed class ScriptedLauncher : ISessionLauncher
{
    public string Name => LocalLauncher.LauncherName;

    public bool NeedsProject => false;

    public TimeSpan Pause => TimeSpan.Zero;

    /// <summary>How every worker is.</summary>
    public LaunchedState State { get; set; } = new(ProxySessionState.Queued);

    /// <summary>Why none is taken; null where all are.</summary>
    public string? Refusal { get; set; }

    public Task<string> LaunchAsync(SessionLaunch launch, CancellationToken cancellationToken) =>
        Refusal is { } refusal ? throw new LaunchException(refusal) : Task.FromResult($"run of {launch.SessionId}");

    public Task<LaunchedState> ReadAsync(Guid userId, string runId, CancellationToken cancellationToken) => Task.FromResult(State);

    public Task CancelAsync(Guid userId, string runId, CancellationToken cancellationToken)
    {
        State = new LaunchedState(ProxySessionState.Closed);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LaunchedRun>> ListAsync(Guid userId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LaunchedRun>>([]);
}
