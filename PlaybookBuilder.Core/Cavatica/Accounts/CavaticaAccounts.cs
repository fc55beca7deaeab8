using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Cavatica.Accounts;

/// <summary>Users' accounts on the platform: each one's own, with the key under which the application works there in the user's name.</summary>
internal sealed class CavaticaAccounts(IModelDatabase database, AccountKeys keys, AuditLog audit, IOptions<CavaticaOptions> options, TimeProvider time)
{
    private const int LongestKey = 1_000;
    private const int MostProjects = 2_000;

    // Somebody waits for it.
    private static readonly CallLimits Limits = new(2, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(15));

    /// <summary>The user's own; null while there is none.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public async Task<CavaticaAccount?> FindAsync(Actor actor, CancellationToken cancellationToken) =>
        await FindRowAsync(actor.RequireUser(AccessScopes.Read), cancellationToken).ConfigureAwait(false) is { } row ? Describe(row) : null;

    /// <summary>The projects that the owner of the kept key is a member of, asked of the platform.</summary>
    /// <exception cref="AccessException">Nobody is signed in, or a token is used.</exception>
    /// <exception cref="CavaticaAccountException">There is no key, it can't be used, or the platform does not answer.</exception>
    public async Task<IReadOnlyList<SevenBridgesProject>> ListProjectsAsync(Actor actor, CancellationToken cancellationToken)
    {
        var access = await OpenAsync(actor.RequireUserInPerson(), cancellationToken).ConfigureAwait(false) ?? throw NoKey();
        return (await AskAsync(access.Key, cancellationToken).ConfigureAwait(false)).Projects;
    }

    /// <summary>Keeps a key, a choice of project, or both, after the platform was asked about them.</summary>
    /// <param name="key">Null or empty: the one that is kept stays.</param>
    /// <param name="project">Null or empty: the one that was chosen stays, where the key's owner is a member of it.</param>
    /// <param name="address">From which network address, for the audit log.</param>
    /// <returns>What is kept now, and all that may be chosen.</returns>
    /// <exception cref="AccessException">Nobody is signed in, or a token is used.</exception>
    /// <exception cref="CavaticaAccountException">Nothing was kept; the message says why.</exception>
    public async Task<(CavaticaAccount Account, IReadOnlyList<SevenBridgesProject> Projects)> SaveAsync(Actor actor, string? key, string? project, string address, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUserInPerson();
        var kept = await FindRowAsync(userId, cancellationToken).ConfigureAwait(false);
        key = string.IsNullOrWhiteSpace(key) ? keys.Decrypt(userId, (kept ?? throw NoKey()).Token) : Check(key.Trim());
        var (name, projects) = await AskAsync(key, cancellationToken).ConfigureAwait(false);
        var chosen = Choose(project, kept?.Project, projects);
        if (kept is not null && kept.Name != name) await RequireNoSessionAsync(userId, "Its worker runs under the key of another user of the platform.", cancellationToken).ConfigureAwait(false);

        var row = new CavaticaAccountRow { UserId = userId, Token = keys.Encrypt(userId, key), Name = name, Project = chosen, Changed = time.GetUtcNow() };
        await StoreAsync(row, cancellationToken).ConfigureAwait(false);
        await audit.RecordAsync(actor, "cavatica.save", userId.ToString(), chosen == "" ? name : $"{name}, {chosen}", address, cancellationToken).ConfigureAwait(false);
        return (Describe(row), projects);
    }

    /// <summary>Forgets the key and the project.</summary>
    /// <exception cref="AccessException">There is none, nobody is signed in, or a token is used.</exception>
    /// <exception cref="CavaticaAccountException">A session goes on.</exception>
    public async Task DeleteAsync(Actor actor, string address, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUserInPerson();
        if (await FindRowAsync(userId, cancellationToken).ConfigureAwait(false) is null) throw AccessException.NotFound("You have no CAVATICA key here.");

        await RequireNoSessionAsync(userId, "Without the key its worker could not be ended.", cancellationToken).ConfigureAwait(false);
        await database.WriteAsync((context, token) => context.Set<CavaticaAccountRow>().Where(row => row.UserId == userId).ExecuteDeleteAsync(token), cancellationToken).ConfigureAwait(false);
        await audit.RecordAsync(actor, "cavatica.delete", userId.ToString(), "", address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>With what the application works in a user's name; null where the user has no key here. It is for the application itself, and is shown to nobody.</summary>
    /// <exception cref="CavaticaAccountException">With <see cref="CavaticaAccountProblem.KeyUnreadable"/>.</exception>
    public async Task<CavaticaAccess?> OpenAsync(Guid userId, CancellationToken cancellationToken) =>
        await FindRowAsync(userId, cancellationToken).ConfigureAwait(false) is { } row
            ? new CavaticaAccess(options.Value.ApiEndpoint, options.Value.WesEndpoint, keys.Decrypt(userId, row.Token), row.Project)
            : null;

    private static CavaticaAccount Describe(CavaticaAccountRow row) => new(row.Name, row.Project == "" ? null : row.Project, row.Changed);

    private static string Check(string key) => key.Length <= LongestKey && PlatformConnections.IsToken(key)
        ? key
        : throw new CavaticaAccountException(CavaticaAccountProblem.KeyRefused, "That is no CAVATICA key: it is one word of letters and digits. Copy it again from the platform.");

    private static string Choose(string? wanted, string? before, IReadOnlyList<SevenBridgesProject> projects)
    {
        if (string.IsNullOrWhiteSpace(wanted)) return projects.Any(project => project.Id == before) ? before! : "";
        if (projects.Any(project => project.Id == wanted.Trim())) return wanted.Trim();

        throw new CavaticaAccountException(CavaticaAccountProblem.NoProject, $"The owner of the key is no member of a project '{GivenText.Shorten(GivenText.OneLine(wanted), 200)}'. Projects are called as in user/project.");
    }

    internal static CavaticaAccountException NoKey() => new(CavaticaAccountProblem.NoKey, "You have no CAVATICA key here. Enter one first.");

    private async Task<(string Name, IReadOnlyList<SevenBridgesProject> Projects)> AskAsync(string key, CancellationToken cancellationToken)
    {
        var access = new CavaticaAccess(options.Value.ApiEndpoint, options.Value.WesEndpoint, key, "");
        try
        {
            var client = access.Connect(Limits);
            var user = await client.GetUserAsync(cancellationToken).ConfigureAwait(false);
            var projects = await client.ListProjectsAsync(name: null, cancellationToken).Take(MostProjects).ToListAsync(cancellationToken).ConfigureAwait(false);
            return (user.Username is { Length: > 0 } name ? name : throw SevenBridgesErrors.Malformed(), projects);
        }
        catch (SevenBridgesException exception) when (exception.Kind is SevenBridgesErrorKind.Unauthorized or SevenBridgesErrorKind.Forbidden)
        {
            throw new CavaticaAccountException(CavaticaAccountProblem.KeyRefused, "CAVATICA does not accept this key: it is wrong, was replaced, or has expired. Copy it again from the platform, or make a new one there.", exception);
        }
        catch (SevenBridgesException exception)
        {
            throw new CavaticaAccountException(CavaticaAccountProblem.Unreachable, $"CAVATICA could not be asked, so nothing was changed. {exception.Message}{(exception.IsRetryable ? " Try again in a moment." : "")}", exception);
        }
    }

    private async Task RequireNoSessionAsync(Guid userId, string why, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync((context, token) => context.Set<ProxySessionRow>().AnyAsync(row => row.UserId == userId && row.Ended == null, token), cancellationToken).ConfigureAwait(false))
            throw new CavaticaAccountException(CavaticaAccountProblem.InUse, $"You have a session that is under way. {why} Disconnect it first.");
    }

    private Task<CavaticaAccountRow?> FindRowAsync(Guid userId, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => context.Set<CavaticaAccountRow>().SingleOrDefaultAsync(row => row.UserId == userId, token), cancellationToken);

    private Task<bool> StoreAsync(CavaticaAccountRow given, CancellationToken cancellationToken) => Races.RetryAsync(() => database.WriteAsync(
        async (context, token) =>
        {
            var updated = await context.Set<CavaticaAccountRow>().Where(row => row.UserId == given.UserId)
                .ExecuteUpdateAsync(row => row.SetProperty(account => account.Token, given.Token).SetProperty(account => account.Name, given.Name).SetProperty(account => account.Project, given.Project).SetProperty(account => account.Changed, given.Changed), token)
                .ConfigureAwait(false);
            if (updated > 0) return true;

            context.Add(given);
            return await context.SaveChangesAsync(token).ConfigureAwait(false) > 0;
        },
        cancellationToken));
}
