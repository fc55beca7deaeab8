using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Workflows;

/// <summary>What every store of playbooks promises: each fact is a clause of <see cref="IPlaybookStore"/>.</summary>
public abstract class PlaybookStoreConformance : IDisposable
{
    private readonly Lazy<IPlaybookStore> _store;

    protected PlaybookStoreConformance() => _store = new(() => Wrap(Open()));

    private IPlaybookStore Store => _store.Value;

    /// <summary>An empty store, the same for the whole test.</summary>
    private protected abstract IPlaybookStore Open();

    /// <summary>For suites that have to fail: the store with something broken.</summary>
    private protected virtual IPlaybookStore Wrap(IPlaybookStore store) => store;

    public abstract void Dispose();

    [Fact]
    public async Task Find_Unknown_IsNull()
    {
        Assert.Null(await Store.FindAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.Null(await Store.FindProcessAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.Null(await Store.FindLineageAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.Null(await Store.FindPlaybookMetadataAsync(Guid.NewGuid(), CancellationToken.None));
    }

    [Fact]
    public async Task Find_Saved_IsEqualInEveryPart()
    {
        var playbook = Rich();

        await SaveAsync(playbook);

        Assert.Equal(Describe(playbook), Describe((await Store.FindAsync(playbook.Id, CancellationToken.None))!));
    }

    [Fact]
    public async Task Find_EveryEarlierHead_IsThatPlaybook()
    {
        var playbook = await SaveAsync(Playbooks.Chain(5));

        for (var i = 0; i < 5; i++)
        {
            var earlier = await Store.FindAsync(playbook.Steps[i].Id, CancellationToken.None);
            Assert.Equal(playbook.Steps.Take(i + 1).Select(step => step.Id), earlier!.Steps.Select(step => step.Id));
        }
    }

    [Fact]
    public async Task Find_MultiInputs_AreInTheOrderOfTheirNumbers()
    {
        var playbook = Playbook.Empty;
        for (var i = 0; i < 12; i++) playbook = playbook.Extend(Playbooks.Ask($"{i}"));
        playbook = await SaveAsync(playbook.Extend(Playbooks.Join([.. playbook.Steps.Select(step => step.Process)])));

        var found = await Store.FindAsync(playbook.Id, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 12), found!.SourcesOf(12));
    }

    [Fact]
    public async Task Find_LongPlaybook_IsWhole()
    {
        var playbook = await SaveAsync(Playbooks.Chain(500));

        Assert.Equal(playbook.Steps.Select(step => step.Id), (await Store.FindAsync(playbook.Id, CancellationToken.None))!.Steps.Select(step => step.Id));
    }

    [Fact]
    public async Task Save_Again_ChangesNothing()
    {
        var playbook = Rich();
        await SaveAsync(playbook);
        await SaveAsync(playbook);

        Assert.Equal(Describe(playbook), Describe((await Store.FindAsync(playbook.Id, CancellationToken.None))!));
    }

    [Fact]
    public async Task Save_TwoThatBeginAlike_KeepsBoth()
    {
        var start = Playbooks.Chain(3);
        var (left, right) = (start.Extend(Playbooks.Ask("left")), start.Extend(Playbooks.Ask("right")));
        await SaveAsync(left);
        await SaveAsync(right);

        Assert.NotNull(await Store.FindAsync(left.Id, CancellationToken.None));
        Assert.NotNull(await Store.FindAsync(right.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Save_Empty_IsNothing() => await SaveAsync(Playbook.Empty);

    [Fact]
    public async Task Save_ThatFailsInTheMiddle_KeepsNothing()
    {
        var first = new Step(Playbooks.Ask("first"), null);
        var orphan = new Step(Playbooks.Ask("orphan"), Guid.NewGuid());
        var broken = Playbook.Of([first, orphan]);

        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(broken));

        Assert.Null(await Store.FindAsync(first.Id, CancellationToken.None));
        Assert.Null(await Store.FindProcessAsync(first.Process.Id, CancellationToken.None));
        Assert.Empty(await Store.FindDataAsync([first.Process.Data!.Id], CancellationToken.None));
    }

    [Fact]
    public async Task Save_OneThatFailsAmongOthers_TakesNothingOfThemWithIt()
    {
        var good = Enumerable.Range(0, 50).Select(i => Playbooks.Chain(3, $"good {i}")).ToArray();
        var saves = good.SelectMany(playbook => new[] { SaveAsync(playbook), SaveAsync(Playbook.Of([new Step(Playbooks.Ask($"{playbook.Id}"), Guid.NewGuid())])) }).ToArray();

        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(saves));

        Assert.Equal(50, saves.Count(save => save.IsFaulted));
        foreach (var playbook in good) Assert.NotNull(await Store.FindAsync(playbook.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Save_OneByManyAtOnce_IsKeptOnce()
    {
        var playbook = Rich();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SaveAsync(playbook))));

        Assert.Equal(playbook.Id, (await Store.FindAsync(playbook.Id, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task FindProcess_Saved_IsEqual()
    {
        var playbook = await SaveAsync(Rich());

        foreach (var step in playbook.Steps) Assert.Equal(Describe(step.Process), Describe((await Store.FindProcessAsync(step.Process.Id, CancellationToken.None))!));
    }

    [Fact]
    public async Task FindLineage_OfAProcess_IsThatAndWhatItStandsOn()
    {
        var playbook = Playbook.Empty.Extend(Playbooks.Ask("a")).Extend(Playbooks.Ask("alone"));
        playbook = playbook.Extend(Playbooks.Copy(Playbooks.Ask("a")));
        playbook = await SaveAsync(playbook.Extend(Playbooks.Join(Playbooks.Ask("a"), playbook.Head.Process, Playbooks.Ask("a"))));

        var lineage = await Store.FindLineageAsync(playbook.Head.Process.Id, CancellationToken.None);

        Assert.Equal([Playbooks.Ask("a").Id, playbook.Steps[2].Process.Id, playbook.Head.Process.Id], lineage!.Steps.Select(step => step.Process.Id));
    }

    [Fact]
    public async Task FindData_SomeUnknown_LeavesThemOut()
    {
        var playbook = await SaveAsync(Playbooks.Chain(1, "Größe \U0001F600"));
        var data = playbook.Head.Process.Data!;

        var found = await Store.FindDataAsync([Guid.NewGuid(), data.Id, data.Id], CancellationToken.None);

        var (id, value) = Assert.Single(found);
        Assert.Equal((data.Id, data.Id, data.Type, data.Value), (id, value.Id, value.Type, value.Value));
        Assert.Empty(await Store.FindDataAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task FindPlaybookMetadata_Saved_IsEqual()
    {
        var metadata = new PlaybookMetadata("Title", "Größe", "manual", "text");
        await SaveAsync(Playbooks.Chain(1).WithMetadata(metadata));

        Assert.Equal(metadata, await Store.FindPlaybookMetadataAsync(metadata.ToId(), CancellationToken.None));
    }

    private async Task<Playbook> SaveAsync(Playbook playbook)
    {
        await Store.SaveAsync(playbook, CancellationToken.None);
        return playbook;
    }

    private static Playbook Rich()
    {
        var playbook = Playbooks.RandomPlaybook(new Random(3), 12).Extend(new Process("Of an unknown type", Datum.OfJson("Any", "{\"z\":[1,null],\"a\":\"\\u0001ß\"}"), null, DateTimeOffset.UnixEpoch.AddMilliseconds(1_700_000_000_123)));
        return playbook.Extend(Playbooks.Ask(null)).WithCell(2, new CellMetadata("Cell", "Größe", false)).WithCell(3, new CellMetadata(DataVisible: false)).WithMetadata(4, new PlaybookMetadata("T", "D", "gpt", "G"));
    }

    private static string Describe(Playbook playbook) =>
        string.Join('\n', playbook.Steps.Select(step => $"{step.Id} {step.ParentId} {Describe(step.Process)} {step.Cell} {step.Playbook}"));

    private static string Describe(Process process) =>
        $"{process.Id} {process.Type} {process.Data?.Id} {process.Data?.Type} {process.Data?.Value} {process.Timestamp:O} {string.Join(',', process.Inputs.Select(input => $"{input.Key}={input.ProcessId}"))}";
}
