using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Tests.Administration;
using PlaybookBuilder.Tests.Support;
using Playbook = PlaybookBuilder.Core.Workflows.Playbook;

namespace PlaybookBuilder.Tests.Saving;

/// <summary>Who hears of work that is done, on every database.</summary>
public abstract class WorkNoticesConformance : IAsyncLifetime
{
    private AdministrationHost? _host;

    private AdministrationHost Host => _host!;

    private WorkNotices Notices => Host.Get<WorkNotices>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await AdministrationHost.StartAsync(await OpenAsync(), workers: 2);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<string> OpenAsync();

    [Fact]
    public async Task Work_ThatTookLong_IsToldOnce()
    {
        var user = await NewUserAsync();
        var playbook = await RequestAsync("Gate");
        await RememberAsync(user, playbook, TimeSpan.FromMinutes(2));
        Assert.Empty(await TakeAsync());

        Host.Components.Gate.TrySetResult();
        await DoneAsync(playbook);
        var told = await TakeAsync();

        var done = Assert.Single(told);
        Assert.Equal((user, "ada@example.org", playbook.Id, 0), (done.UserId, done.Email, done.PlaybookId, done.FailedSteps));
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Work_ThatFailed_TellsHowManySteps()
    {
        var playbook = await RequestAsync("Fail");
        await RememberAsync(await NewUserAsync(), playbook, TimeSpan.FromMinutes(2));
        await DoneAsync(playbook);

        // The step, and what stands on it.
        Assert.Equal(2, Assert.Single(await TakeAsync()).FailedSteps);
    }

    [Fact]
    public async Task Work_ThatWasDoneSoon_IsNotTold()
    {
        var user = await NewUserAsync();
        var playbook = await RequestAsync("Copy");
        await Notices.AskAsync(user, playbook.Id, null, Cancellation);
        await DoneAsync(playbook);

        Assert.Empty(await TakeAsync());
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Work_OfLongAgo_IsForgotten()
    {
        var playbook = await RequestAsync("Gate");
        await RememberAsync(await NewUserAsync(), playbook, WorkNotices.Longest + TimeSpan.FromMinutes(1));

        Assert.Empty(await TakeAsync());
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData(false, "ada@example.org", false)]
    [InlineData(true, null, false)]
    [InlineData(true, "ada@example.org", true)]
    public async Task Ask_ForWhoGetsNoMail_RemembersNothing(bool wantsMail, string? email, bool isDisabled)
    {
        await Notices.AskAsync(await NewUserAsync(wantsMail, email, isDisabled), (await RequestAsync("Copy")).Id, null, Cancellation);

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Ask_AfterAnEdit_RemembersTheLastPlaybookAlone()
    {
        var user = await NewUserAsync();
        var (first, second) = (await RequestAsync("Gate"), await RequestAsync("Deaf"));
        await Notices.AskAsync(user, first.Id, null, Cancellation);
        await Notices.AskAsync(user, first.Id, null, Cancellation);
        Assert.Equal(1, await CountAsync());

        await Notices.AskAsync(user, second.Id, insteadOf: first.Id, Cancellation);

        Assert.Equal(second.Id, Assert.Single(await ReadAsync()).PlaybookId);
    }

    [Fact]
    public async Task Take_ByFourAtOnce_IsOnesAlone()
    {
        var user = await NewUserAsync();
        for (var number = 0; number < 5; number++)
        {
            var playbook = await RequestAsync("Copy", $"start {number}");
            await DoneAsync(playbook);
            await RememberAsync(user, playbook, TimeSpan.FromMinutes(2));
        }

        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeAsync()));

        // Done before they were asked for, by two minutes less: of each, one hears, and only of what took long.
        Assert.Equal(5, told.Sum(static some => some.Count));
        Assert.Equal(5, told.SelectMany(static some => some).Select(static done => done.PlaybookId).Distinct().Count());
    }

    [Fact]
    public async Task Return_OfWhatCouldNotBeTold_IsToldTheNextTime()
    {
        var playbook = await RequestAsync("Copy");
        await RememberAsync(await NewUserAsync(), playbook, TimeSpan.FromMinutes(2));
        await DoneAsync(playbook);
        var done = Assert.Single(await TakeAsync());

        await Notices.ReturnAsync(done, Cancellation);

        Assert.Equal(done with { Asked = default }, Assert.Single(await TakeAsync()) with { Asked = default });
    }

    private async Task<Guid> NewUserAsync(bool wantsMail = true, string? email = "ada@example.org", bool isDisabled = false)
    {
        var row = new UserAccountRow { Id = Guid.NewGuid(), Name = "Ada", Affiliation = "", Email = email, IsAdmin = false, IsDisabled = isDisabled, WantsMail = wantsMail, Created = DateTimeOffset.UtcNow, LastSeen = DateTimeOffset.UtcNow };
        await Host.AddAsync(row);
        return row.Id;
    }

    private Task<Playbook> RequestAsync(string type, string text = "start") => Host.RequestAsync(Playbooks.Around(type, text));

    private Task RememberAsync(Guid user, Playbook playbook, TimeSpan ago) => Host.AddAsync(new WorkNoticeRow { UserId = user, PlaybookId = playbook.Id, Asked = DateTimeOffset.UtcNow - ago });

    private Task DoneAsync(Playbook playbook) => Host.Get<PlaybookEngine>().WaitAsync(playbook, Demand.Anonymous, Cancellation).WaitAsync(EngineHost.Patience, Cancellation);

    private async Task<List<DoneWork>> TakeAsync()
    {
        var done = new List<DoneWork>();
        await foreach (var one in Notices.TakeDoneAsync(Cancellation)) done.Add(one);
        return done;
    }

    private Task<List<WorkNoticeRow>> ReadAsync() => Host.Model.ReadAsync((context, token) => context.Set<WorkNoticeRow>().ToListAsync(token), Cancellation);

    private async Task<int> CountAsync() => (await ReadAsync()).Count;
}

public sealed class SqliteWorkNoticesConformance : WorkNoticesConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresWorkNoticesConformance(PostgresServer server) : WorkNoticesConformance
{
    private protected override Task<string> OpenAsync() => server.NewDatabaseAsync();
}
