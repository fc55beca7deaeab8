using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;

namespace PlaybookBuilder.Tests.Cavatica.Sessions;

/// <summary>What is known of sessions without asking the database, and for how long.</summary>
public sealed class SessionRoutesTests : IDisposable
{
    private static readonly Guid Owner = Guid.NewGuid();

    private readonly SqliteStores _stores = SqliteStores.InMemory();
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _time = FakeClock.New();
    private readonly EngineSignals _signals = new();
    private readonly WatchedDatabase _database;
    private readonly ProxySessionStore _store;
    private readonly SessionRoutes _routes;

    public SessionRoutesTests()
    {
        _database = new WatchedDatabase(_stores.Model);
        _store = new ProxySessionStore(_database);
        _routes = new SessionRoutes(_store, _signals, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _routes.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public async Task Get_AgainAndAgain_AsksTheDatabaseOnce()
    {
        var id = await BeginAsync();

        for (var i = 0; i < 10; i++) await _routes.GetAsync(new Actor(Owner), id, Cancellation);

        Assert.Equal(1, _database.Reads);
    }

    [Fact]
    public async Task Get_WhenSomethingChanged_IsAsItIsNow()
    {
        var id = await BeginAsync();
        Assert.True((await _routes.GetAsync(new Actor(Owner), id, Cancellation)).IsOpen);

        await EndAsync(id);
        _signals.Deliver(new EngineSignal(id, SignalKind.SessionChanged));

        Assert.False((await _routes.GetAsync(new Actor(Owner), id, Cancellation)).IsOpen);
    }

    [Fact]
    public async Task Get_AfterSignalsMayHaveBeenMissed_IsAsItIsNow()
    {
        var id = await BeginAsync();
        await _routes.GetAsync(new Actor(Owner), id, Cancellation);

        await EndAsync(id);
        _signals.DeliverGap();

        Assert.False((await _routes.GetAsync(new Actor(Owner), id, Cancellation)).IsOpen);
    }

    [Fact]
    public async Task Get_WhenNothingIsHeardOfAChange_IsAsItIsWithinSeconds()
    {
        var id = await BeginAsync();
        await _routes.GetAsync(new Actor(Owner), id, Cancellation);
        await EndAsync(id);
        Assert.True((await _routes.GetAsync(new Actor(Owner), id, Cancellation)).IsOpen);

        _time.Advance(SessionRoutes.Lifetime);

        Assert.False((await _routes.GetAsync(new Actor(Owner), id, Cancellation)).IsOpen);
    }

    [Fact]
    public async Task Get_WhoseReadingBeganBeforeTheChange_IsNotKept()
    {
        var id = await BeginAsync();
        _database.Held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var early = _routes.GetAsync(new Actor(Owner), id, Cancellation).AsTask();
        await _database.HasRead.Task.WaitAsync(EngineHost.Patience, Cancellation);

        await EndAsync(id);
        _signals.Publish(new EngineSignal(id, SignalKind.SessionChanged));
        _database.Held.SetResult();

        Assert.True((await early).IsOpen);
        Assert.False((await _routes.GetAsync(new Actor(Owner), id, Cancellation)).IsOpen);
    }

    [Fact]
    public async Task Get_ByAnotherUser_FindsNothingAlsoWhenItIsKnown()
    {
        var id = await BeginAsync();
        await _routes.GetAsync(new Actor(Owner), id, Cancellation);

        var refusal = await Assert.ThrowsAsync<AccessException>(async () => await _routes.GetAsync(new Actor(Guid.NewGuid(), IsAdmin: true), id, Cancellation));
        var unknown = await Assert.ThrowsAsync<AccessException>(async () => await _routes.GetAsync(new Actor(Owner), Guid.NewGuid(), Cancellation));

        Assert.Equal((AccessProblem.NotFound, unknown.Message), (refusal.Problem, refusal.Message));
    }

    [Fact]
    public async Task Get_OfTheTunnel_TellsWhoHoldsIt()
    {
        var id = await BeginAsync();
        var boot = Guid.NewGuid();
        var epoch = await _store.DialAsync(id, "first", "second", Cancellation);

        Assert.True(await _store.HoldAsync(id, epoch!.Value, "http://ui-1:8080/", boot, Cancellation));

        var route = await _routes.GetAsync(new Actor(Owner), id, Cancellation);
        Assert.Equal((1, new SessionHolder(new Uri("http://ui-1:8080/"), boot)), (route.Epoch, route.Holder));
    }

    private async Task<Guid> BeginAsync()
    {
        await _stores.Model.WriteAsync(
            async (context, token) =>
            {
                if (await context.Set<UserAccountRow>().FindAsync([Owner], token) is null) context.Add(new UserAccountRow { Id = Owner, Name = "Ada", Affiliation = "", IsAdmin = false, IsDisabled = false, WantsMail = false, Created = _time.GetUtcNow(), LastSeen = _time.GetUtcNow() });
                return await context.SaveChangesAsync(token);
            },
            Cancellation);
        var row = new ProxySessionRow { Id = Guid.NewGuid(), UserId = Owner, Launcher = "none", Project = "", State = ProxySessionState.Started, Created = _time.GetUtcNow(), SecretHash = "first", Epoch = 0 };
        await TestSessions.AddAsync(_stores.Model, row);
        return row.Id;
    }

    private Task<bool> EndAsync(Guid id) => _store.EndAsync(id, ProxySessionState.Closed, null, _time.GetUtcNow(), Cancellation);

    /// <summary>Counts what is read, and keeps back what was read.</summary>
    private sealed class WatchedDatabase(IModelDatabase database) : IModelDatabase
    {
        public int Reads { get; private set; }

        public TaskCompletionSource? Held { get; set; }

        public TaskCompletionSource HasRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<T> ReadAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        {
            Reads++;
            var result = await database.ReadAsync(read, cancellationToken);
            HasRead.TrySetResult();
            if (Held is { } held) await held.Task.WaitAsync(cancellationToken);
            return result;
        }

        public Task<T> WriteAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken) => database.WriteAsync(write, cancellationToken);
    }
}
