using System.Text.Json;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Cavatica.Wes;

namespace PlaybookBuilder.Core.Cavatica.Launchers;

/// <summary>Starts workers as tasks of CAVATICA, through its workflow execution service: each in its user's project, under its user's key and at its user's cost.</summary>
internal sealed class WesLauncher(CavaticaAccounts accounts, IOptions<ProxySessionOptions> options, TimeProvider time) : ISessionLauncher
{
    public const string LauncherName = "wes";

    private const string UrlTag = "playbook_builder_url";

    // The service lists the newest first.
    private const int MostRunsListed = 200;
    private const int MostRunsLookedInto = 50;

    private readonly CallLimits _limits = new(3, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20)) { Clock = time };

    public string Name => LauncherName;

    public bool NeedsProject => true;

    // The platform counts requests, and the worker's own are among them.
    public TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    public async Task<string> LaunchAsync(SessionLaunch launch, CancellationToken cancellationToken) => await GuardAsync(launch.UserId, async access =>
    {
        var app = await WorkerApp.ResolveAsync(access.Connect(_limits), launch.Project, new WorkerAppOptions { Image = options.Value.Image! }, cancellationToken).ConfigureAwait(false);
        var request = app.ToRunRequest(launch.Settings.ToJson(), launch.SessionId.ToString()) with { Tags = new Dictionary<string, string> { [UrlTag] = launch.Settings.Url.ToString() } };
        return await access.ConnectToWes(_limits).StartAsync(request, cancellationToken).ConfigureAwait(false);
    }, cancellationToken).ConfigureAwait(false);

    public Task<LaunchedState> ReadAsync(Guid userId, string runId, CancellationToken cancellationToken) => GuardAsync(userId, async access =>
    {
        var client = access.ConnectToWes(_limits);
        var status = await client.GetStatusAsync(runId, cancellationToken).ConfigureAwait(false);
        return status.State is WesState.ExecutorError or WesState.SystemError
            ? StateOf(status.State, await ReadLogAsync(client, runId, cancellationToken).ConfigureAwait(false))
            : StateOf(status.State, log: null);
    }, cancellationToken);

    public Task CancelAsync(Guid userId, string runId, CancellationToken cancellationToken) => GuardAsync(userId, async access =>
    {
        var client = access.ConnectToWes(_limits);
        // Services differ in how they take it that a run is over.
        if (!(await client.GetStatusAsync(runId, cancellationToken).ConfigureAwait(false)).State.IsTerminal()) await client.CancelAsync(runId, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    public Task<IReadOnlyList<LaunchedRun>> ListAsync(Guid userId, CancellationToken cancellationToken) => GuardAsync(userId, async access =>
    {
        var client = access.ConnectToWes(_limits);
        var live = await client.ListRunsAsync(cancellationToken).Take(MostRunsListed).Where(static run => !run.State.IsTerminal()).Take(MostRunsLookedInto).ToListAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<LaunchedRun>();
        foreach (var run in live)
        {
            if (await ToOursAsync(client, run, cancellationToken).ConfigureAwait(false) is { } ours) found.Add(ours);
        }

        return (IReadOnlyList<LaunchedRun>)found;
    }, cancellationToken);

    internal static LaunchedState StateOf(WesState state, WesLog? log) => state switch
    {
        // It was taken, and nothing more is known.
        WesState.Unknown or WesState.Queued => new LaunchedState(ProxySessionState.Queued),
        WesState.Paused => new LaunchedState(ProxySessionState.Queued, "CAVATICA has paused its task."),
        WesState.Initializing => new LaunchedState(ProxySessionState.Initializing),
        WesState.Running => new LaunchedState(ProxySessionState.Started),
        WesState.Canceling => new LaunchedState(ProxySessionState.Closing, "Its task is being cancelled."),
        WesState.Complete => new LaunchedState(ProxySessionState.Closed),
        WesState.Canceled => new LaunchedState(ProxySessionState.Closed, "Its task was cancelled."),
        WesState.ExecutorError => new LaunchedState(ProxySessionState.Failed, log?.ExitCode is { } code ? $"Its worker ended with an error (exit code {code})." : "Its worker ended with an error."),
        WesState.SystemError => new LaunchedState(ProxySessionState.Failed, log?.SystemLogs is [var line, ..] ? $"CAVATICA could not run its task: {PlatformConnections.Clean(line, secret: null)}" : "CAVATICA could not run its task."),
        WesState.Preempted => new LaunchedState(ProxySessionState.Failed, "CAVATICA took away the machine that it ran on."),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>More than the state is good to have, and no reason to know nothing.</summary>
    private static async Task<WesLog?> ReadLogAsync(WesClient client, string runId, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetRunAsync(runId, cancellationToken).ConfigureAwait(false)).RunLog;
        }
        catch (WesException)
        {
            return null;
        }
    }

    private static async Task<LaunchedRun?> ToOursAsync(WesClient client, WesRunStatus run, CancellationToken cancellationToken)
    {
        // A service need not tell tags in its list; the run itself repeats what was asked for.
        var tags = run.Tags ?? await ReadTagsAsync(client, run.RunId, cancellationToken).ConfigureAwait(false);
        return Text(tags, WesRunRequest.MarkTag) is { } mark && Guid.TryParse(mark, out var session) ? new LaunchedRun(run.RunId, session, Text(tags, UrlTag)) : null;
    }

    private static async Task<JsonElement?> ReadTagsAsync(WesClient client, string runId, CancellationToken cancellationToken)
    {
        try
        {
            var run = await client.GetRunAsync(runId, cancellationToken).ConfigureAwait(false);
            return run.Request is { ValueKind: JsonValueKind.Object } request && request.TryGetProperty("tags", out var tags) ? tags : null;
        }
        catch (WesException exception) when (exception.Kind is WesErrorKind.NotFound or WesErrorKind.Forbidden)
        {
            return null;
        }
    }

    private static string? Text(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task<T> GuardAsync<T>(Guid userId, Func<CavaticaAccess, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(await accounts.OpenAsync(userId, cancellationToken).ConfigureAwait(false) ?? throw new LaunchException("There is no CAVATICA key for it any more.")).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PlatformException or CavaticaAccountException)
        {
            throw new LaunchException(exception.Message, exception);
        }
    }
}
