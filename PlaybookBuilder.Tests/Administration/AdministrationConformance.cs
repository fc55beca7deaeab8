using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Administration.Programs;
using PlaybookBuilder.Core.Administration.Storage;
using PlaybookBuilder.Core.Administration.Users;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Administration;

/// <summary>What administrators see and do, on every database.</summary>
public abstract partial class AdministrationConformance : IAsyncLifetime
{
    private protected const string Address = "192.0.2.7";

    private AdministrationHost? _host;

    private protected AdministrationHost Host => _host!;

    private protected static Actor Admin { get; } = new(LocalAccount.Id, IsAdmin: true);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static DateTimeOffset Noon { get; } = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public async ValueTask InitializeAsync() => _host = await AdministrationHost.StartAsync(await OpenAsync());

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    private protected static IEnumerable<(string Name, Func<AdministrationHost, Actor, PageRequest, Task> ReadAsync)> Lists =>
    [
        ("users", (host, actor, page) => host.Get<UserAdministration>().ListAsync(actor, page, Cancellation)),
        ("found users", (host, actor, page) => host.Get<UserAdministration>().FindAsync(actor, "ada", page, Cancellation)),
        ("user", (host, actor, _) => host.Get<UserAdministration>().GetAsync(actor, LocalAccount.Id, Cancellation)),
        ("sessions", (host, actor, page) => host.Get<SessionAdministration>().ListAsync(actor, null, page, Cancellation)),
        ("sessions of one", (host, actor, page) => host.Get<SessionAdministration>().ListAsync(actor, LocalAccount.Id, page, Cancellation)),
        .. Enum.GetValues<SavedKind>().SelectMany(kind => new (string, Func<AdministrationHost, Actor, PageRequest, Task>)[]
        {
            ($"playbooks, {kind}", (host, actor, page) => host.Get<SavedAdministration>().ListAsync(actor, kind, null, page, Cancellation)),
            ($"playbooks of one, {kind}", (host, actor, page) => host.Get<SavedAdministration>().ListAsync(actor, kind, LocalAccount.Id, page, Cancellation)),
        }),
        .. Enum.GetValues<SuggestionState>().Select(state => ($"suggestions, {state}", (Func<AdministrationHost, Actor, PageRequest, Task>)((host, actor, page) => host.Get<SuggestionAdministration>().ListAsync(actor, state, page, Cancellation)))),
        ("uploads", (host, actor, page) => host.Get<UploadAdministration>().ListAsync(actor, null, page, Cancellation)),
        ("uploads of one", (host, actor, page) => host.Get<UploadAdministration>().ListAsync(actor, LocalAccount.Id, page, Cancellation)),
        ("jobs", (host, actor, page) => host.Get<JobList>().ListAsync(actor, null, null, page, Cancellation)),
        ("jobs of one", (host, actor, page) => host.Get<JobList>().ListAsync(actor, JobState.Queued, "one", page, Cancellation)),
        ("failed steps", (host, actor, page) => host.Get<JobList>().ListFailedAsync(actor, page, Cancellation)),
        ("programs", (host, actor, page) => host.Get<ProgramList>().ListAsync(actor, page, Cancellation)),
        ("errors", (host, actor, page) => host.Get<ErrorList>().ListAsync(actor, null, page, Cancellation)),
        ("errors of a category", (host, actor, page) => host.Get<ErrorList>().ListAsync(actor, "category", page, Cancellation)),
        ("audit", (host, actor, page) => host.Get<AuditLog>().ListAsync(actor, null, null, page, Cancellation)),
        ("audit of one user", (host, actor, page) => host.Get<AuditLog>().ListAsync(actor, LocalAccount.Id, null, page, Cancellation)),
        ("audit of one action", (host, actor, page) => host.Get<AuditLog>().ListAsync(actor, null, "user.disable", page, Cancellation)),
    ];

    private static IEnumerable<(string Name, Func<AdministrationHost, Actor, Task> ActAsync)> Others =>
    [
        ("overview", (host, actor) => host.Get<OverviewReading>().ReadAsync(actor, Cancellation)),
        ("storage", (host, actor) => host.Get<StorageMeasure>().ReadAsync(actor, Cancellation)),
        ("grant", (host, actor) => host.Get<UserRights>().GrantAdminAsync(actor, Guid.NewGuid(), Address, Cancellation)),
        ("revoke", (host, actor) => host.Get<UserRights>().RevokeAdminAsync(actor, Guid.NewGuid(), Address, Cancellation)),
        ("disable", (host, actor) => host.Get<UserRights>().DisableAsync(actor, Guid.NewGuid(), Address, Cancellation)),
        ("enable", (host, actor) => host.Get<UserRights>().EnableAsync(actor, Guid.NewGuid(), Address, Cancellation)),
        ("end session", (host, actor) => host.Get<SessionAdministration>().EndAsync(actor, Guid.NewGuid(), Address, Cancellation)),
        ("cancel", (host, actor) => host.Get<JobActions>().CancelAsync(actor, Guid.NewGuid(), Address, Cancellation)),
        ("retry", (host, actor) => host.Get<JobActions>().RetryAsync(actor, Guid.NewGuid(), Address, Cancellation)),
        ("purge", (host, actor) => host.Get<JobActions>().PurgeAsync(actor, null, Address, Cancellation)),
        ("curate", (host, actor) => host.Get<PlaybookPublishing>().CurateAsync(actor, Guid.NewGuid(), true, Address, Cancellation)),
        ("accept", (host, actor) => host.Get<SuggestionAdministration>().AcceptAsync(actor, Guid.NewGuid(), "", Address, Cancellation)),
        ("decline", (host, actor) => host.Get<SuggestionAdministration>().DeclineAsync(actor, Guid.NewGuid(), "No", Address, Cancellation)),
    ];

    [Fact]
    public async Task Everything_ForWhoeverIsNoAdministrator_IsNotThere()
    {
        var user = await Host.NewUserAsync();
        await Host.RequestAsync(Playbooks.Chain(2));
        var scoped = Admin with { Scopes = AccessScopes.Read | AccessScopes.Run | AccessScopes.Upload };
        var before = await Host.AuditAsync();

        foreach (var (name, act) in Lists.Select(list => (list.Name, (Func<AdministrationHost, Actor, Task>)((host, actor) => list.ReadAsync(host, actor, new PageRequest())))).Concat(Others))
        {
            foreach (var (actor, problem) in new[] { (user, AccessProblem.NotFound), (Actor.Anonymous, AccessProblem.NotFound), (new Actor(null, IsService: true), AccessProblem.NotFound), (scoped, AccessProblem.Forbidden) })
            {
                var refused = await Record.ExceptionAsync(() => act(Host, actor));
                Assert.True(refused is AccessException access && access.Problem == problem, $"{name}: {refused}");
            }
        }

        Assert.Equal(before, await Host.AuditAsync());
        Assert.Equal(2, (await Host.Get<JobList>().ListAsync(Admin, null, null, new PageRequest(), Cancellation)).Items.Count);
    }

    [Fact]
    public async Task Everything_WithATokenForIt_IsThere()
    {
        var scoped = Admin with { Scopes = AccessScopes.Admin };

        foreach (var (_, read) in Lists) await read(Host, scoped, new PageRequest());
        foreach (var (name, act) in Others)
        {
            // Most of what they act on is not there; that it is forbidden none may say.
            var refused = await Record.ExceptionAsync(() => act(Host, scoped));
            Assert.True(refused is null or WorkflowException or AccessException { Problem: AccessProblem.NotFound }, $"{name}: {refused}");
        }
    }

    [Fact]
    public async Task Lists_FromAPlaceThatNoPageGave_AreRefused()
    {
        foreach (var (name, read) in Lists.Where(list => !list.Name.StartsWith("found", StringComparison.Ordinal) && list.Name != "user"))
        {
            foreach (var after in new[] { "a\0b", new string('9', 3_000), name is "uploads" ? "\0" : "what" })
            {
                var refused = await Record.ExceptionAsync(() => read(Host, Admin, new PageRequest(after)));
                Assert.True(refused is WorkflowException, $"{name}, {after}: {refused}");
            }
        }
    }

    [Fact]
    public async Task Filters_ThatNoDatabaseLooksFor_AreRefused()
    {
        foreach (var text in new[] { "a\0b", new string('x', FilterText.Longest + 1) })
        {
            Func<Task>[] reads =
            [
                () => Host.Get<UserAdministration>().FindAsync(Admin, text, new PageRequest(), Cancellation),
                () => Host.Get<ErrorList>().ListAsync(Admin, text, new PageRequest(), Cancellation),
                () => Host.Get<AuditLog>().ListAsync(Admin, null, text, new PageRequest(), Cancellation),
                () => Host.Get<JobList>().ListAsync(Admin, null, text, new PageRequest(), Cancellation),
                () => Host.Get<JobActions>().PurgeAsync(Admin, text, Address, Cancellation),
            ];
            foreach (var read in reads) await Assert.ThrowsAsync<WorkflowException>(read);
        }
    }

    private static async Task RefusedAsync(AccessProblem problem, Func<Task> run) => Assert.Equal(problem, (await Assert.ThrowsAsync<AccessException>(run)).Problem);

    /// <summary>Reads a list in three parts: nothing is in two of them, and nothing is missing.</summary>
    /// <returns>What is in it.</returns>
    private static async Task<IReadOnlyList<T>> PageAsync<T>(int count, Func<T, object> keyOf, Func<PageRequest, Task<Paged<T>>> listAsync)
    {
        var whole = await listAsync(new PageRequest(Limit: PageRequest.Most));
        Assert.Equal((count, null), (whole.Items.Count, whole.Next));
        // No part follows one that is full to the brim.
        Assert.Null((await listAsync(new PageRequest(Limit: count))).Next);
        var (parts, size) = (new List<Paged<T>>(), (count + 2) / 3);
        do parts.Add(await listAsync(new PageRequest(parts.LastOrDefault()?.Next, size)));
        while (parts[^1].Next is not null);
        Assert.Equal((count + size - 1) / size, parts.Count);
        Assert.Equal(whole.Items.Select(keyOf), parts.SelectMany(part => part.Items).Select(keyOf));
        Assert.Equal(count, whole.Items.Select(keyOf).Distinct().Count());
        return whole.Items;
    }
}
