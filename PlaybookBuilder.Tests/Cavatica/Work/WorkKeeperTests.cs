using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Storage.Sbfs;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Cavatica.Work;

/// <summary>Playbooks that are made in a session, in the folder of a project of the fake platform.</summary>
public sealed class WorkKeeperTests(SevenBridgesPlatform platform) : IClassFixture<SevenBridgesPlatform>, IAsyncLifetime
{
    private readonly HeardTimers _time = new();
    private readonly SbfsSettings _settings = SbfsStores.Settings(platform) with { Root = null, Retries = new(1, TimeSpan.Zero, TimeSpan.FromSeconds(20)) };
    private EngineHost? _engine;
    private WorkKeeper? _keeper;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EngineHost Engine => _engine!;

    private WorkKeeper Keeper => _keeper!;

    private WorkFolder Folder => new(new SbfsStorage(_settings));

    public async ValueTask InitializeAsync()
    {
        _engine = await EngineHost.StartAsync();
        _keeper = new WorkKeeper(Folder, _engine.Engine, _time, NullLogger<WorkKeeper>.Instance);
        await _keeper.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Keeper.StopAsync(CancellationToken.None);
        Keeper.Dispose();
        await Engine.DisposeAsync();
    }

    [Fact]
    public async Task Playbook_ThatIsMade_IsWritten()
    {
        var playbook = await Engine.SaveAsync(Playbooks.Chain(2));

        Assert.True(await FlushAsync());

        Assert.Equal([playbook.Id], await WrittenAsync());
    }

    [Fact]
    public async Task Extension_TakesThePlaceOfWhatItExtends()
    {
        var first = await MakeAsync(Playbooks.Chain(2));

        var second = await MakeAsync(first.Extend(Playbooks.Copy(first.Head.Process)));

        Assert.Equal([second.Id], await WrittenAsync());
    }

    [Fact]
    public async Task Title_TakesThePlaceOfTheFormer()
    {
        var first = await MakeAsync(Playbooks.Chain(2).WithMetadata(new PlaybookMetadata("One")));

        var second = await MakeAsync(first.WithMetadata(new PlaybookMetadata("Two")));
        Assert.Equal([second.Id], await WrittenAsync());
        await MakeAsync(first);

        Assert.Equal([first.Id], await WrittenAsync());
    }

    [Fact]
    public async Task Answer_TakesThePlaceOfTheOpenPrompt_AndNotOfAnotherAnswer()
    {
        var open = await MakeAsync(Playbook.Empty.Extend(Playbooks.Ask(null)));

        var one = await MakeAsync(open.Rebase(0, Playbooks.Ask("one")));
        var two = await MakeAsync(open.Rebase(0, Playbooks.Ask("two")));

        Assert.Equal(new[] { one.Id, two.Id }.Order(), (await WrittenAsync()).Order());
    }

    [Fact]
    public async Task FileOfAnotherSession_StaysWhenItIsExtended()
    {
        var first = Playbooks.Chain(2);
        await Folder.TryWriteAsync(first, Cancellation);
        await MakeAsync(first);

        var second = await MakeAsync(first.Extend(Playbooks.Copy(first.Head.Process)));

        Assert.Equal(new[] { first.Id, second.Id }.Order(), (await WrittenAsync()).Order());
    }

    [Fact]
    public async Task Platform_ThatFails_IsToldOf_AndTriedAgain()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Keeper.Subscribe(() => told.TrySetResult());
        platform.Fake.Strike(new FakeFault("POST /v2/upload/multipart", 500));

        var playbook = await Engine.SaveAsync(Playbooks.Chain(2));

        await told.Task.WaitAsync(EngineHost.Patience, Cancellation);
        Assert.NotNull(Keeper.Problem);
        Assert.DoesNotContain(platform.Token, Keeper.Problem, StringComparison.Ordinal);
        Assert.Empty(await WrittenAsync());
        var mended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var second = Keeper.Subscribe(() => mended.TrySetResult());
        _time.Advance(await _time.NextAsync());
        await mended.Task.WaitAsync(EngineHost.Patience, Cancellation);
        Assert.Null(Keeper.Problem);
        Assert.Equal([playbook.Id], await WrittenAsync());
    }

    [Fact]
    public async Task FormerFile_ThatCouldNotBeDeleted_IsDeletedLater()
    {
        var first = await MakeAsync(Playbooks.Chain(2));
        platform.Fake.Strike(new FakeFault("DELETE /v2/files", 500));
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Keeper.Subscribe(() => told.TrySetResult());
        var second = await Engine.SaveAsync(first.Extend(Playbooks.Copy(first.Head.Process)));
        await told.Task.WaitAsync(EngineHost.Patience, Cancellation);

        Assert.True(await FlushAsync());

        Assert.Equal([second.Id], await WrittenAsync());
    }

    [Fact]
    public async Task End_WritesWhatWasOffered()
    {
        var playbook = await Engine.SaveAsync(Playbooks.Chain(3));

        await Keeper.StopAsync(Cancellation);

        Assert.Equal([playbook.Id], await WrittenAsync());
    }

    [Fact]
    public async Task End_WhileThePlatformIsAway_WaitsNoLongerThanItMay()
    {
        var folder = new WorkFolder(new SbfsStorage(_settings with { Token = "wrong" }));
        using var keeper = new WorkKeeper(folder, Engine.Engine, _time, NullLogger<WorkKeeper>.Instance);
        keeper.Offer(Playbooks.Chain(2));

        var flush = keeper.FlushAsync(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal(TimeSpan.FromSeconds(5), await _time.NextAsync());
        while (!flush.IsCompleted) _time.Advance(await NextWaitAsync(flush));

        Assert.False(await flush);
        Assert.NotNull(keeper.Problem);
    }

    private async Task<TimeSpan> NextWaitAsync(Task flush)
    {
        var wait = _time.NextAsync();
        return await Task.WhenAny(wait, flush) == wait ? await wait : TimeSpan.Zero;
    }

    private async Task<Playbook> MakeAsync(Playbook playbook)
    {
        await Engine.Engine.ImportAsync(playbook, Actor.Anonymous, Cancellation);
        Assert.True(await FlushAsync());
        return playbook;
    }

    private Task<bool> FlushAsync() => Keeper.FlushAsync(EngineHost.Patience, Cancellation);

    private async Task<IEnumerable<Guid>> WrittenAsync() => (await Folder.ListAsync(Cancellation)).Select(static file => Guid.Parse(Path.GetFileNameWithoutExtension(file.Name)));
}
