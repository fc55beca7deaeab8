using System.Reflection;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Database;
using PlaybookBuilder.Tests.Support;
using Conformance = PlaybookBuilder.Tests.Workflows.PlaybookStoreConformance;

namespace PlaybookBuilder.Tests.Workflows;

/// <summary>The suite of stores is worth something only if each clause fails on a store that breaks it.</summary>
public sealed class BrokenPlaybookStoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly Dictionary<string, Func<IPlaybookStore, BrokenPlaybookStore>> Broken = new()
    {
        [nameof(Conformance.Find_Unknown_IsNull)] = inner => new(inner) { Find = static async (store, id) => await store.FindAsync(id, None) ?? Playbook.Empty },
        [nameof(Conformance.Find_Saved_IsEqualInEveryPart)] = LosesMetadata,
        [nameof(Conformance.Find_EveryEarlierHead_IsThatPlaybook)] = KnowsOnlyHeads,
        [nameof(Conformance.Find_MultiInputs_AreInTheOrderOfTheirNumbers)] = inner => new(inner) { Find = static async (store, id) => SortedAsText((await store.FindAsync(id, None))!) },
        [nameof(Conformance.Find_LongPlaybook_IsWhole)] = inner => new(inner) { Find = static async (store, id) => Playbook.Of((await store.FindAsync(id, None))!.Steps.Take(100)) },
        [nameof(Conformance.Save_Again_ChangesNothing)] = LosesMetadata,
        [nameof(Conformance.Save_TwoThatBeginAlike_KeepsBoth)] = SavesOnce,
        [nameof(Conformance.Save_Empty_IsNothing)] = inner => new(inner) { Save = static (store, playbook) => store.SaveAsync(playbook.WithCell(Assert.Single(playbook.Steps.Select((_, i) => i)), null), None) },
        [nameof(Conformance.Save_ThatFailsInTheMiddle_KeepsNothing)] = inner => new(inner) { Save = SaveStepByStepAsync },
        [nameof(Conformance.Save_OneThatFailsAmongOthers_TakesNothingOfThemWithIt)] = SavesOnce,
        [nameof(Conformance.Save_OneByManyAtOnce_IsKeptOnce)] = inner => new(inner) { Save = static (store, playbook) => store.SaveAsync(playbook.WithMetadata(new PlaybookMetadata("other")), None), Find = static async (store, id) => await store.FindAsync(id, None) ?? Playbooks.Chain(1) },
        [nameof(Conformance.FindProcess_Saved_IsEqual)] = inner => new(inner) { FindProcess = static async (store, id) => new Process((await store.FindProcessAsync(id, None))!.Type) },
        [nameof(Conformance.FindLineage_OfAProcess_IsThatAndWhatItStandsOn)] = inner => new(inner) { FindLineage = static async (store, id) => (await store.FindLineageAsync(id, None))!.Extend(Playbooks.Ask("alone")) },
        [nameof(Conformance.FindData_SomeUnknown_LeavesThemOut)] = inner => new(inner) { FindData = static async (store, ids) => (await store.FindDataAsync(ids, None)).ToDictionary(pair => Guid.NewGuid(), pair => pair.Value) },
        [nameof(Conformance.FindPlaybookMetadata_Saved_IsEqual)] = inner => new(inner) { FindMetadata = static async (store, id) => await store.FindPlaybookMetadataAsync(id, None) is { } found ? found with { Summary = "auto" } : null },
    };

    public static TheoryData<string> Clauses { get; } = [.. typeof(Conformance).GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task Clause_OnAStoreThatBreaksIt_Fails(string clause)
    {
        using var suite = new Suite(Broken[clause]);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => (Task)typeof(Conformance).GetMethod(clause)!.Invoke(suite, null)!);
    }

    private static BrokenPlaybookStore LosesMetadata(IPlaybookStore inner) => new(inner)
    {
        Find = static async (store, id) => (await store.FindAsync(id, None))!.WithCell(2, null),
    };

    private static BrokenPlaybookStore KnowsOnlyHeads(IPlaybookStore inner)
    {
        var head = Guid.Empty;
        return new(inner)
        {
            Save = (store, playbook) => store.SaveAsync(playbook, None).ContinueWith(_ => head = playbook.Id, TaskScheduler.Default),
            Find = async (store, id) => await store.FindAsync(id == head ? id : head, None),
        };
    }

    private static BrokenPlaybookStore SavesOnce(IPlaybookStore inner)
    {
        var saved = 0;
        return new(inner) { Save = (store, playbook) => Interlocked.Increment(ref saved) > 1 && !playbook.Steps.Any(step => step.ParentId is not null && playbook.Steps.Length == 1) ? Task.CompletedTask : store.SaveAsync(playbook, None) };
    }

    private static async Task SaveStepByStepAsync(IPlaybookStore store, Playbook playbook)
    {
        for (var i = 1; i <= playbook.Steps.Length; i++) await store.SaveAsync(Playbook.Of(playbook.Steps.Take(i)), None);
    }

    private static Playbook SortedAsText(Playbook playbook)
    {
        var head = playbook.Head.Process;
        var sorted = head.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select((input, i) => input with { Position = i });
        return playbook.Rebase(playbook.Steps.Length - 1, new Process(head.Type, head.Data, sorted));
    }

    /// <summary>Not found by the test runner, since it is not public.</summary>
    private sealed class Suite(Func<IPlaybookStore, IPlaybookStore> breaks) : SqliteMemoryPlaybookStoreConformance
    {
        private protected override IPlaybookStore Wrap(IPlaybookStore store) => breaks(store);
    }
}

/// <summary>A real store of which one method or another does something wrong.</summary>
internal sealed class BrokenPlaybookStore(IPlaybookStore inner) : IPlaybookStore
{
    public Func<IPlaybookStore, Playbook, Task> Save { get; init; } = static (store, playbook) => store.SaveAsync(playbook, CancellationToken.None);

    public Func<IPlaybookStore, Guid, Task<Playbook?>> Find { get; init; } = static (store, id) => store.FindAsync(id, CancellationToken.None);

    public Func<IPlaybookStore, Guid, Task<Process?>> FindProcess { get; init; } = static (store, id) => store.FindProcessAsync(id, CancellationToken.None);

    public Func<IPlaybookStore, Guid, Task<Playbook?>> FindLineage { get; init; } = static (store, id) => store.FindLineageAsync(id, CancellationToken.None);

    public Func<IPlaybookStore, IReadOnlyCollection<Guid>, Task<IReadOnlyDictionary<Guid, Datum>>> FindData { get; init; } = static (store, ids) => store.FindDataAsync(ids, CancellationToken.None);

    public Func<IPlaybookStore, Guid, Task<PlaybookMetadata?>> FindMetadata { get; init; } = static (store, id) => store.FindPlaybookMetadataAsync(id, CancellationToken.None);

    public Task SaveAsync(Playbook playbook, IReadOnlyList<UploadGrant> grants, CancellationToken cancellationToken) => Save(inner, playbook);

    public Task<Playbook?> FindAsync(Guid playbookId, CancellationToken cancellationToken) => Find(inner, playbookId);

    public Task<Process?> FindProcessAsync(Guid processId, CancellationToken cancellationToken) => FindProcess(inner, processId);

    public Task<Playbook?> FindLineageAsync(Guid processId, CancellationToken cancellationToken) => FindLineage(inner, processId);

    public Task<IReadOnlyDictionary<Guid, Datum>> FindDataAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => FindData(inner, ids);

    public Task<PlaybookMetadata?> FindPlaybookMetadataAsync(Guid id, CancellationToken cancellationToken) => FindMetadata(inner, id);
}
