using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>Sessions as their owners begin, watch and end them. For everybody else they do not exist.</summary>
internal sealed partial class ProxySessions
{
    private const int MostListed = 100;
    private const int LongestReason = 200;

    private static readonly TimeSpan TimeToLaunch = TimeSpan.FromMinutes(2);

    private readonly ProxySessionStore _store;
    private readonly ISessionLauncher? _launcher;
    private readonly CavaticaAccounts _accounts;
    private readonly OrphanedRuns _orphans;
    private readonly AuditLog _audit;
    private readonly EngineSignals _signals;
    private readonly FileAddressOptions _address;
    private readonly TimeProvider _time;
    private readonly ILogger<ProxySessions> _logger;

    public ProxySessions(ProxySessionStore store, IEnumerable<ISessionLauncher> launchers, CavaticaAccounts accounts, OrphanedRuns orphans, AuditLog audit, EngineSignals signals, IOptions<ProxySessionOptions> options, IOptions<FileAddressOptions> address, TimeProvider time, ILogger<ProxySessions> logger)
    {
        (_store, _accounts, _orphans, _audit, _signals, _address, _time, _logger) = (store, accounts, orphans, audit, signals, address.Value, time, logger);
        _launcher = launchers.FirstOrDefault(launcher => launcher.Name == options.Value.Launcher);
    }

    /// <summary>Whether this installation runs sessions at all.</summary>
    public bool IsOn => _launcher is not null;

    /// <summary>Begins a session; its worker is started in the background.</summary>
    /// <param name="publicUrl">Where the worker finds this application, unless <c>PUBLIC_URL</c> says so.</param>
    /// <param name="address">From which network address, for the audit log.</param>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="WorkflowException">There are no sessions here, or the user has one.</exception>
    /// <exception cref="CavaticaAccountException">It takes a key and a project, and the user has none that can be used.</exception>
    public async Task<ProxySession> LaunchAsync(Actor actor, Uri publicUrl, string address, CancellationToken cancellationToken)
    {
        var user = actor.RequireUserInPerson();
        var launcher = _launcher ?? throw WorkflowException.Invalid("Sessions are not switched on here.");
        var project = await FindProjectAsync(launcher, user, cancellationToken).ConfigureAwait(false);
        var secret = SecretKeys.New();
        var row = new ProxySessionRow { Id = Guid.NewGuid(), UserId = user, Launcher = launcher.Name, Project = project, State = ProxySessionState.Sending, Created = Now(), SecretHash = SecretKeys.Hash(secret), Epoch = 0 };
        if (!await _store.TryAddAsync(row, cancellationToken).ConfigureAwait(false)) throw WorkflowException.Invalid("You have a session that is under way. Disconnect it first.");

        await _audit.RecordAsync(actor, "session.launch", row.Id.ToString(), project == "" ? launcher.Name : $"{launcher.Name}, {project}", address, cancellationToken).ConfigureAwait(false);
        // Its other pages know nothing of the new session's id.
        Tell(user);
        var settings = new SessionSettings(string.IsNullOrEmpty(_address.PublicUrl) ? publicUrl : new Uri(_address.PublicUrl), row.Id, secret);
        // Whoever asked is not kept waiting; when this program dies on the way, the monitor finds a session that nobody took.
        _ = Task.Run(() => LaunchAsync(launcher, new SessionLaunch(row.Id, user, row.Project, settings)), CancellationToken.None);
        return Describe(row);
    }

    /// <summary>A user's sessions, newest first.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public async Task<IReadOnlyList<ProxySession>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        [.. (await _store.ListAsync(actor.RequireUser(AccessScopes.Read), MostListed, cancellationToken).ConfigureAwait(false)).Select(Describe)];

    /// <summary>A user's newest session; null before the first.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public async Task<ProxySession?> FindNewestAsync(Actor actor, CancellationToken cancellationToken) =>
        (await _store.ListAsync(actor.RequireUser(AccessScopes.Read), 1, cancellationToken).ConfigureAwait(false)).Select(Describe).SingleOrDefault();

    /// <exception cref="AccessException">There is no such session of the actor, or nobody is signed in.</exception>
    public async Task<ProxySession> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken) => Describe(await RequireAsync(actor, id, AccessScopes.Read, cancellationToken).ConfigureAwait(false));

    /// <summary>Ends a session; its worker is told to stop, and its launcher to stop it.</summary>
    /// <exception cref="AccessException">There is no such session of the actor, or nobody is signed in.</exception>
    public async Task<ProxySession> DisconnectAsync(Actor actor, Guid id, string address, CancellationToken cancellationToken)
    {
        var row = await RequireAsync(actor, id, AccessScopes.Run, cancellationToken).ConfigureAwait(false);
        if (await _store.AdvanceAsync(id, ProxySessionState.Closing, null, cancellationToken).ConfigureAwait(false))
        {
            await _audit.RecordAsync(actor, "session.disconnect", id.ToString(), row.RunId ?? "", address, cancellationToken).ConfigureAwait(false);
            Tell(id);
        }

        return await GetAsync(actor, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls when something of a session changed, wherever that was, until the result is disposed. It must be quick and must not throw.</summary>
    public IDisposable Subscribe(Guid id, Action changed) => _signals.Subscribe([id], _ => changed());

    /// <summary>Calls when a user begins a session, wherever that was, until the result is disposed. It must be quick and must not throw.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public IDisposable SubscribeBeginnings(Actor actor, Action begun) => _signals.Subscribe([actor.RequireUser(AccessScopes.Read)], _ => begun());

    /// <summary>A session's worker says that it ends. Its launcher is told to end it, in case it does not.</summary>
    /// <param name="reason">Text of a program that may be anybody's.</param>
    internal async Task EndByWorkerAsync(Guid id, string reason, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { Ended: null, State: not ProxySessionState.Closing }) return;

        // Format characters would let it look like something else than it is.
        var visible = string.Concat(reason.EnumerateRunes().Where(static rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format));
        var told = GivenText.OneLine(GivenText.Shorten(visible, LongestReason));
        if (await _store.AdvanceAsync(id, ProxySessionState.Closing, told.Length == 0 ? null : $"Its worker ended: {told}", cancellationToken).ConfigureAwait(false)) Tell(id);
    }

    internal void Tell(Guid id) => _signals.Publish(new EngineSignal(id, SignalKind.SessionChanged));

    internal static ProxySession Describe(ProxySessionRow row) => new(row.Id, row.UserId, row.Launcher, row.Project, row.State, row.RunId, row.Reason, row.Created, row.Connected, row.Ended, row.Lost);

    private async Task LaunchAsync(ISessionLauncher launcher, SessionLaunch launch)
    {
        using var limit = new CancellationTokenSource(TimeToLaunch, _time);
        try
        {
            var runId = await launcher.LaunchAsync(launch, limit.Token).ConfigureAwait(false);
            await _store.LaunchedAsync(launch.SessionId, runId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFailure(exception, launch.SessionId);
            var reason = exception is LaunchException ? exception.Message : "The worker could not be started.";
            await _store.EndAsync(launch.SessionId, ProxySessionState.Failed, reason, Now(), CancellationToken.None).ConfigureAwait(false);
            _orphans.Suspect(launch.UserId, launcher.Name, launch.Settings.Url);
        }

        Tell(launch.SessionId);
        await EndOrphansAsync(launcher, launch, limit.Token).ConfigureAwait(false);
    }

    /// <summary>Those of former sessions, and this one's, where it was disconnected before it was taken: nobody asks after that any more.</summary>
    private async Task EndOrphansAsync(ISessionLauncher launcher, SessionLaunch launch, CancellationToken cancellationToken)
    {
        try
        {
            await _orphans.EndAsync(launcher, launch.UserId, launch.Settings.Url, cancellationToken).ConfigureAwait(false);
            if (await _store.FindAsync(launch.SessionId, cancellationToken).ConfigureAwait(false) is { Ended: not null, RunId: { } runId }) await launcher.CancelAsync(launch.UserId, runId, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogUnseen(exception, launch.UserId);
            _orphans.Suspect(launch.UserId, launcher.Name, launch.Settings.Url);
        }
    }

    /// <summary>Where a session's worker keeps files; empty where it keeps them with itself.</summary>
    private async Task<string> FindProjectAsync(ISessionLauncher launcher, Guid userId, CancellationToken cancellationToken)
    {
        var project = await _accounts.OpenAsync(userId, cancellationToken).ConfigureAwait(false) switch
        {
            { } access => access.Project,
            null when launcher.NeedsProject => throw new CavaticaAccountException(CavaticaAccountProblem.NoKey, "Sessions run on CAVATICA under your key. Enter it first, on the page Integrations of your account."),
            null => "",
        };
        return project != "" || !launcher.NeedsProject ? project : throw new CavaticaAccountException(CavaticaAccountProblem.NoProject, "Sessions run in a project of yours on CAVATICA. Choose it first, on the page Integrations of your account.");
    }

    private async Task<ProxySessionRow> RequireAsync(Actor actor, Guid id, AccessScopes scope, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(scope);
        return await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } row && row.UserId == user ? row : throw AccessException.NotFound("There is no such session of yours.");
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    [LoggerMessage(LogLevel.Warning, "The worker of session {Session} was not started")]
    private partial void LogFailure(Exception exception, Guid session);

    [LoggerMessage(LogLevel.Warning, "Whether user {User} has workers left over from former sessions can't be told now")]
    private partial void LogUnseen(Exception exception, Guid user);
}
