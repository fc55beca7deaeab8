using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Administration;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Retention;

/// <summary>What is freed and what stays, on every database.</summary>
public abstract class RetentionConformance : IAsyncLifetime
{
    private AdministrationHost? _host;

    private protected AdministrationHost Host => _host!;

    private protected static Actor Admin { get; } = new(LocalAccount.Id, IsAdmin: true);

    private protected static DateTimeOffset Always => DateTimeOffset.UtcNow.AddDays(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PlaybookEngine Engine => Host.Get<PlaybookEngine>();

    private protected SavedPlaybooks Saved => Host.Get<SavedPlaybooks>();

    public async ValueTask InitializeAsync() => _host = await AdministrationHost.StartAsync(await OpenAsync(), workers: 2);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    [Fact]
    public async Task Free_WhatIsOld_TakesResultsAndValuesAndLeavesThePlaybook()
    {
        var playbook = await ComputeAsync(Playbooks.Chain(3));
        var values = await CountAsync<DataRow>();

        var freed = await FreeAsync(Always);

        Assert.Equal(new FreedCache(3, 3, 0, IsComplete: true), freed);
        Assert.Equal((0, values - 3), (await CountAsync<ResolutionRow>(), await CountAsync<DataRow>()));
        // Asked for, it is there again.
        Assert.Equal(["start", "start+", "start++"], await ShownAsync(await ComputeAsync(playbook)));
    }

    [Fact]
    public async Task Free_WhatIsYoung_LeavesIt()
    {
        var playbook = await ComputeAsync(Playbooks.Chain(3));

        Assert.Equal(0, (await FreeAsync(DateTimeOffset.UtcNow.AddHours(-1))).Results);
        Assert.Equal(0, (await FreeAsync(null)).Results);
        Assert.Equal(["start", "start+", "start++"], await ShownAsync(playbook));
    }

    [Fact]
    public async Task Free_ManyAtOnce_GoesThroughAll()
    {
        // More than a part, and with results of the same moment.
        for (var i = 0; i < 3; i++) await ComputeAsync(Playbook.Of(Playbooks.Asks(150, $"part {i}")));
        await AgeAsync(TimeSpan.FromDays(3), static _ => true);

        var freed = await FreeAsync(Always);

        // What goes back to the queue leaves the value behind that it would have had if it had been cancelled.
        Assert.Equal((450, true), (freed.Results, freed.IsComplete));
        Assert.InRange(freed.Values, 450, 451);
        Assert.Equal(0, await CountAsync<ResolutionRow>());
    }

    [Fact]
    public async Task Free_WhatYoungerResultsWereComputedFrom_LeavesItUntilTheyAreOld()
    {
        var playbook = await ComputeAsync(Playbooks.Chain(3));
        await AgeAsync(TimeSpan.FromDays(3), id => id != playbook.Head.Process.Id);

        Assert.Equal(0, (await FreeAsync(DateTimeOffset.UtcNow.AddDays(-1))).Results);

        await AgeAsync(TimeSpan.FromDays(3), static _ => true);
        Assert.Equal(3, (await FreeAsync(DateTimeOffset.UtcNow.AddDays(-1))).Results);
    }

    [Fact]
    public async Task Free_WhatAJobStandsOn_LeavesItToTheJob()
    {
        var playbook = Playbooks.Around("Gate");
        await Host.RequestAsync(playbook);
        await Host.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        await AgeAsync(TimeSpan.FromDays(3), static _ => true);

        Assert.Equal(0, (await FreeAsync(Always)).Results);

        Host.Components.Gate.TrySetResult();
        Assert.Equal(["start", "start#", "start#+"], await ShownAsync(await ComputeAsync(playbook)));
    }

    [Fact]
    public async Task Free_WhatASavedPlaybookHolds_LeavesItWithoutTakingOthersAlong()
    {
        var user = await Host.NewUserAsync();
        var playbook = await ComputeAsync(Playbooks.Chain(2));
        var saved = await Saved.SaveAsync(user, playbook, null, Cancellation);

        var freed = await FreeAsync(Always);

        // The shared results go, their values stay.
        Assert.Equal((2, 0), (freed.Results, freed.Values));
        Assert.Equal([null, null], await ShownAsync(playbook));
        Assert.Equal(["start", "start+"], await ShownAsync(await Engine.GetAsync(saved.PlaybookId, Cancellation)));
    }

    [Fact]
    public async Task Free_WhatAnEarlierVersionHolds_LeavesIt()
    {
        var user = await Host.NewUserAsync();
        var first = await Saved.SaveAsync(user, await ComputeAsync(Playbooks.Chain(2)), null, Cancellation);
        await Saved.SaveAsync(user, await ComputeAsync(Playbooks.Chain(2, "another")), first.Id, Cancellation);

        await FreeAsync(Always);

        Assert.Equal(["start", "start+"], await ShownAsync(await Engine.GetAsync(first.PlaybookId, Cancellation)));
    }

    [Fact]
    public async Task Free_WhatADeletedPlaybookHeld_TakesItOnceThatCannotBeBroughtBack()
    {
        var user = await Host.NewUserAsync();
        var saved = await Saved.SaveAsync(user, await ComputeAsync(Playbooks.Chain(2)), null, Cancellation);
        await Saved.DeleteAsync(user, saved.Id, Cancellation);
        await FreeAsync(Always);
        Assert.Equal(2, await CountAsync<ResolutionRow>());

        await new PlaybookCleaning(Host.Model, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(31))).RunAsync(Cancellation);

        Assert.Equal((2, 2), (await FreeAsync(Always)) is var freed ? (freed.Results, freed.Values) : default);
        // Whoever has the link has it computed again.
        Assert.Equal(["start", "start+"], await ShownAsync(await ComputeAsync(await Engine.GetAsync(saved.PlaybookId, Cancellation))));
    }

    [Fact]
    public async Task Free_AValueThatIsAnAnswerToo_LeavesTheValue()
    {
        var playbook = await ComputeAsync(Playbooks.Chain(1));
        var output = (await Engine.ReadStatesAsync(playbook, Cancellation))[0].Resolution!.OutputId;
        // Somebody brings the result as an answer.
        await Host.AddAsync(new ProcessRow { Id = Guid.NewGuid(), Type = "Ask", DataId = output });

        Assert.Equal((1, 0), (await FreeAsync(Always)) is var freed ? (freed.Results, freed.Values) : default);
        Assert.True(await Host.Model.ReadAsync((context, token) => context.Set<DataRow>().AnyAsync(data => data.Id == output, token), Cancellation));
    }

    [Fact]
    public async Task Free_ValuesThatNothingNames_TakesThemWithoutLimitsToo()
    {
        await Host.AddAsync(new DataRow { Id = Guid.NewGuid(), Type = "Text", Value = "\"left behind\"" });

        Assert.Equal(new FreedCache(0, 1, 0, IsComplete: true), await FreeAsync(null));
    }

    [Fact]
    public async Task Free_WhileOthersSave_LeavesEverySavedPlaybookWithItsResults()
    {
        var user = await Host.NewUserAsync();
        using var end = new CancellationTokenSource();
        var freeing = FreeUntilAsync(end.Token);
        for (var i = 0; i < 40; i++)
        {
            var playbook = await ComputeAsync(Playbooks.Chain(3, $"saved {i}"));
            var saved = await Saved.SaveAsync(user, playbook, null, Cancellation);

            // What was freed before it was saved stays to be computed; what was saved is there.
            var kept = await Engine.GetAsync(saved.PlaybookId, Cancellation);
            var shown = await ShownAsync(kept);
            Assert.All(kept.Steps.Zip(shown), step => Assert.Equal(step.First.Process.Timestamp is not null, step.Second is not null));
        }

        await end.CancelAsync();
        Assert.True((await freeing) > 0);
    }

    [Fact]
    public async Task Free_WhileOthersCompute_LosesNobodysResult()
    {
        using var end = new CancellationTokenSource();
        var freeing = FreeUntilAsync(end.Token);
        // The same values again and again, which are freed at every moment in between.
        await Parallel.ForEachAsync(Enumerable.Range(0, 120), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation }, async (i, token) =>
        {
            var playbook = Playbooks.Chain(3, $"text {i % 5}");
            await Engine.ImportAsync(playbook, Actor.Anonymous, token);
            // It may be freed as soon as it is there: what counts is that everything ends, and ends with a value.
            var states = await Engine.WaitAsync(playbook, Demand.Anonymous, token).WaitAsync(EngineHost.Patience, token);
            Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        });

        await end.CancelAsync();
        Assert.True((await freeing) > 0);
    }

    [Fact]
    public async Task Read_WhatThereIs_TellsHeldFromCached()
    {
        var user = await Host.NewUserAsync();
        await Saved.SaveAsync(user, await ComputeAsync(Playbooks.Chain(2, "held")), null, Cancellation);
        await ComputeAsync(Playbooks.Chain(3, "cached"));
        // Of another process, but the same value.
        await ComputeAsync(Playbook.Empty.Extend(Playbooks.Ask("cached")).Extend(Playbooks.Join(Playbooks.Ask("cached"))));

        var use = await Host.Get<CacheReading>().ReadAsync(Cancellation);

        Assert.Equal((2, """{"value":"held"}{"value":"held+"}""".Length, 0), (use.Held.Values, use.Held.ValueBytes, use.Held.Files));
        Assert.Equal(await Host.Model.ReadAsync((context, token) => context.Set<ResolutionRow>().Where(result => !context.Set<SavedPlaybookResultRow>().Any(saved => saved.ProcessId == result.ProcessId)).Select(result => result.DataId).Distinct().CountAsync(token), Cancellation) - 2, use.Cached.Values);
        Assert.All(use.Hours, hour => Assert.InRange(DateTimeOffset.UtcNow - hour.From, TimeSpan.Zero, TimeSpan.FromHours(1.1)));
    }

    [Fact]
    public async Task Read_OldResults_AreInTheirHours()
    {
        await ComputeAsync(Playbooks.Chain(2));
        await AgeAsync(TimeSpan.FromDays(40), static _ => true);

        var summary = await ReadSummaryAsync();

        Assert.Equal([0, 0, 0, 2, 0, 0], summary.Ages.Select(age => age.Kept.Values));
        Assert.Equal([1, 7, 30, 90, 365, null], summary.Ages.Select(age => age.Days));
    }

    [Fact]
    public async Task Administration_ByOthers_IsRefused()
    {
        var user = await Host.NewUserAsync();

        await Assert.ThrowsAsync<AccessException>(() => Host.Get<RetentionAdministration>().ReadAsync(user, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => Host.Get<RetentionAdministration>().FreeAsync(user, 0, "", null, Cancellation));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(36_501)]
    public async Task Administration_OfNoNumberOfDays_SaysWhatItMayBe(int days)
    {
        var refusal = await Assert.ThrowsAsync<WorkflowException>(() => Host.Get<RetentionAdministration>().FreeAsync(Admin, days, "", null, Cancellation));

        Assert.Equal("days", refusal.Path);
        Assert.Empty(await Host.AuditAsync());
    }

    [Fact]
    public async Task Administration_Frees_TellsHowFarItIsAndIsInTheAuditLog()
    {
        await ComputeAsync(Playbooks.Chain(2));
        await ComputeAsync(Playbooks.Chain(2, "young"));
        await AgeAsync(TimeSpan.FromDays(40), static _ => true);
        await ComputeAsync(Playbooks.Chain(2, "youngest"));
        var heard = new List<FreedCache>();

        var freed = await Host.Get<RetentionAdministration>().FreeAsync(Admin, 0, "10.0.0.1", heard.Add, Cancellation);

        // Of the last hour nothing goes, whatever is asked.
        Assert.Equal((4, 4), (freed.Results, freed.Values));
        Assert.Equal(freed with { IsComplete = false }, heard[^1]);
        var entries = await Host.AuditAsync();
        Assert.Equal(["freed 4 results, 4 values, 0 files", "begins"], entries.Select(entry => entry.Detail));
        Assert.All(entries, entry => Assert.Equal(("cache.free", "older than 0 days", "10.0.0.1"), (entry.Action, entry.Subject, entry.Address)));
        Assert.Equal(2, (await ReadSummaryAsync()).Cached!.Values);
    }

    private protected Task<FreedCache> FreeAsync(DateTimeOffset? before) => Host.Get<CacheFreeing>().RunAsync(before, null, Cancellation);

    private protected async Task<Playbook> ComputeAsync(Playbook playbook)
    {
        await Engine.ImportAsync(playbook, Actor.Anonymous, Cancellation);
        await Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation).WaitAsync(EngineHost.Patience, Cancellation);
        return playbook;
    }

    /// <summary>Makes results older than they are.</summary>
    private protected async Task AgeAsync(TimeSpan age, Func<Guid, bool> isMeant)
    {
        var ids = await Host.Model.ReadAsync((context, token) => context.Set<ResolutionRow>().Select(result => result.ProcessId).ToListAsync(token), Cancellation);
        Guid[] meant = [.. ids.Where(isMeant)];
        var created = DateTimeOffset.UtcNow - age;
        await Host.Model.WriteAsync((context, token) => context.Set<ResolutionRow>().Where(result => meant.Contains(result.ProcessId)).ExecuteUpdateAsync(set => set.SetProperty(result => result.Created, created), token), Cancellation);
    }

    private async Task<RetentionSummary> ReadSummaryAsync()
    {
        while (true)
        {
            if (await Host.Get<RetentionAdministration>().ReadAsync(Admin, Cancellation) is { Measured: not null } summary) return summary;
        }
    }

    private async Task<int> FreeUntilAsync(CancellationToken end)
    {
        var results = 0;
        while (!end.IsCancellationRequested) results += (await FreeAsync(Always)).Results;
        return results;
    }

    /// <summary>What every step shows without computing anything.</summary>
    private async Task<IReadOnlyList<string?>> ShownAsync(Playbook playbook)
    {
        var states = await Engine.ReadStatesAsync(playbook, Cancellation);
        return [.. (await Engine.ReadOutputsAsync(states, Cancellation)).Select(output => output is null ? null : JsonDocument.Parse(output.Value).RootElement.GetProperty("value").GetString())];
    }

    private Task<int> CountAsync<T>()
        where T : class => Host.Model.ReadAsync((context, token) => context.Set<T>().CountAsync(token), Cancellation);
}
