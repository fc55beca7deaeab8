using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Tests.Database;

/// <summary>What every database does for units of work through the model.</summary>
public abstract class ModelDatabaseConformance
{
    private protected abstract IModelDatabase Database { get; }

    [Fact]
    public async Task WriteAsync_AnAccount_IsReadAgain()
    {
        var account = NewAccount();

        await AddAsync(account);

        var found = await Database.ReadAsync((context, token) => context.Set<UserAccountRow>().SingleAsync(row => row.Id == account.Id, token), TestContext.Current.CancellationToken);
        Assert.Equal(account.Name, found.Name);
        Assert.Equal(account.Created, found.Created);
    }

    [Fact]
    public async Task WriteAsync_ThatFailsAfterSaving_KeepsNothing()
    {
        var account = NewAccount();

        await Assert.ThrowsAsync<InvalidDataException>(() => Database.WriteAsync<bool>(
            async (context, token) =>
            {
                context.Add(account);
                await context.SaveChangesAsync(token);
                throw new InvalidDataException("after saving");
            },
            TestContext.Current.CancellationToken));

        Assert.False(await Database.ReadAsync((context, token) => context.Set<UserAccountRow>().AnyAsync(row => row.Id == account.Id, token), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WriteAsync_ManyAtOnce_AllAreKept()
    {
        var accounts = Enumerable.Range(0, 40).Select(_ => NewAccount()).ToArray();

        await Task.WhenAll(accounts.Select(account => AddAsync(account)));

        var ids = accounts.Select(account => account.Id).ToArray();
        Assert.Equal(40, await Database.ReadAsync((context, token) => context.Set<UserAccountRow>().CountAsync(row => ids.Contains(row.Id), token), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadAsync_TheLocalUser_IsInEveryDatabase()
    {

        var local = await Database.ReadAsync((context, token) => context.Set<UserAccountRow>().SingleAsync(row => row.Id == LocalAccount.Id, token), TestContext.Current.CancellationToken);

        Assert.Equal(LocalAccount.Name, local.Name);
    }

    [Fact]
    public async Task TryTakeAsync_ManyAtOnce_IsTheTurnOfOneUntilItHasRested()
    {
        var (work, time) = (Guid.NewGuid().ToString(), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50)));
        Assert.Single(await TakeAsync(), static taken => taken);

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.DoesNotContain(true, await TakeAsync());

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await TakeAsync(), static taken => taken);

        Task<bool[]> TakeAsync() => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new SharedTurns(Database, time).TryTakeAsync(work, TimeSpan.FromHours(1), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task TryTakeAsync_OfDifferentWorkAtOnce_IsTheTurnOfEach()
    {
        var turns = new SharedTurns(Database, TimeProvider.System);

        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => turns.TryTakeAsync($"different work {i}", TimeSpan.FromHours(1), TestContext.Current.CancellationToken)));

        Assert.All(taken, Assert.True);
    }

    [Fact]
    public async Task TryTakeAsync_AfterOneByAClockThatWasAhead_IsTheTurnOfWhoAsks()
    {
        var (work, time) = (Guid.NewGuid().ToString(), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50)));
        Assert.True(await new SharedTurns(Database, time).TryTakeAsync(work, TimeSpan.FromHours(1), TestContext.Current.CancellationToken));

        var earlier = new FakeTimeProvider(time.GetUtcNow().AddYears(-1));
        Assert.True(await new SharedTurns(Database, earlier).TryTakeAsync(work, TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
    }

    private Task AddAsync(UserAccountRow account) => Database.WriteAsync(
        async (context, token) =>
        {
            context.Add(account);
            return await context.SaveChangesAsync(token);
        },
        TestContext.Current.CancellationToken);

    private static UserAccountRow NewAccount() => new()
    {
        Id = Guid.NewGuid(),
        Name = "A reader",
        Affiliation = "",
        IsAdmin = false,
        IsDisabled = false,
        WantsMail = false,
        Created = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
        LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
    };
}
