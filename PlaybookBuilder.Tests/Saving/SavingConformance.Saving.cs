using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Saving;

public abstract partial class SavingConformance
{
    [Fact]
    public async Task Save_Computed_ShowsTheSameWithoutComputingAgain()
    {
        var user = await Host.NewUserAsync();
        var playbook = await Host.ComputeAsync(Playbooks.Chain(3));

        var saved = await Host.Saved.SaveAsync(user, playbook, null, Cancellation);

        Assert.NotEqual(playbook.Id, saved.PlaybookId);
        Assert.Equal(await Host.ShownAsync(playbook.Id), await Host.ShownAsync(saved.PlaybookId));
        var frozen = await Host.Engine.GetAsync(saved.PlaybookId, Cancellation);
        Assert.All(frozen.Steps, step => Assert.NotNull(step.Process.Timestamp));
        await Host.Engine.WaitAsync(frozen, Demand.Anonymous, Cancellation);
        Assert.Equal(2, Host.Components.RunsOf("Copy"));
        Assert.Equal(1, Host.Components.RunsOf("Ask"));
    }

    [Fact]
    public async Task Recompute_OfTheSharedResult_LeavesTheSavedOne()
    {
        var user = await Host.NewUserAsync();
        var playbook = await Host.ComputeAsync(Playbooks.Chain(3));
        var saved = await Host.Saved.SaveAsync(user, playbook, null, Cancellation);

        var thawed = await Host.Engine.RecomputeAsync(playbook, 0, Cancellation);

        Assert.Equal(playbook.Id, thawed.Id);
        Assert.All(await Host.ShownAsync(playbook.Id), Assert.Null);
        Assert.All(await Host.ShownAsync(saved.PlaybookId), Assert.NotNull);
    }

    [Fact]
    public async Task Recompute_OfTheSavedOne_LeavesTheSharedResultAndTheSavedOne()
    {
        var user = await Host.NewUserAsync();
        var playbook = await Host.ComputeAsync(Playbooks.Chain(3));
        var other = await Host.ComputeAsync(Playbooks.Chain(1));
        var saved = await Host.Saved.SaveAsync(user, playbook, null, Cancellation);

        var thawed = await Host.Engine.RecomputeAsync(await Host.Engine.GetAsync(saved.PlaybookId, Cancellation), 2, Cancellation);

        Assert.NotEqual(saved.PlaybookId, thawed.Id);
        Assert.All(await Host.ShownAsync(saved.PlaybookId), Assert.NotNull);
        Assert.All(await Host.ShownAsync(other.Id), Assert.NotNull);
    }

    [Fact]
    public async Task Save_Unfinished_FreezesWhatIsThereAndLeavesTheRestLive()
    {
        var user = await Host.NewUserAsync();
        var playbook = await Host.ComputeAsync(Playbooks.Around("Fail").Extend(Playbooks.Ask(null)));

        var saved = await Host.Saved.SaveAsync(user, playbook, null, Cancellation);

        var frozen = await Host.Engine.GetAsync(saved.PlaybookId, Cancellation);
        Assert.Equal([true, false, false, false], frozen.Steps.Select(step => step.Process.Timestamp is not null));
        var states = await Host.Engine.WaitAsync(frozen, Demand.Anonymous, Cancellation);
        Assert.Equal([ProcessPhase.Resolved, ProcessPhase.Failed, ProcessPhase.Failed, ProcessPhase.WaitingForInput], states.Select(state => state.Phase));
    }

    [Fact]
    public async Task Save_TheSameAgain_IsNoNewVersion()
    {
        var user = await Host.NewUserAsync();
        var playbook = await Host.ComputeAsync(Playbooks.Chain(2));
        var saved = await Host.Saved.SaveAsync(user, playbook, null, Cancellation);

        var again = await Host.Saved.SaveAsync(user, playbook, null, Cancellation);
        var frozen = await Host.Saved.SaveAsync(user, await Host.Engine.GetAsync(saved.PlaybookId, Cancellation), saved.Id, Cancellation);

        Assert.Equal((saved.Id, 1, saved.PlaybookId), (again.Id, again.Version, again.PlaybookId));
        Assert.Equal((saved.Id, 1, saved.PlaybookId), (frozen.Id, frozen.Version, frozen.PlaybookId));
    }

    [Fact]
    public async Task Save_Changed_IsANewVersionAndTheOldOneCanBeRestored()
    {
        var user = await Host.NewUserAsync();
        var first = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(2).WithMetadata(new PlaybookMetadata("First"))), null, Cancellation);
        var before = await Host.Engine.GetAsync(first.PlaybookId, Cancellation);
        var changed = await Host.ComputeAsync(before.Extend(Playbooks.Copy(before.Head.Process)).WithMetadata(new PlaybookMetadata("Second")));

        var second = await Host.Saved.SaveAsync(user, changed, first.Id, Cancellation);
        var restored = await Host.Saved.RestoreAsync(user, first.Id, 1, Cancellation);

        Assert.Equal((first.Id, 2, "Second"), (second.Id, second.Version, second.Title));
        Assert.Equal((first.Id, 3, "First", first.PlaybookId), (restored.Id, restored.Version, restored.Title, restored.PlaybookId));
        var versions = await Host.Saved.ListVersionsAsync(user, first.Id, null, 10, Cancellation);
        Assert.Equal([(3, "First"), (2, "Second"), (1, "First")], versions.Select(version => (version.Number, version.Title)));
        Assert.Equal([1], (await Host.Saved.ListVersionsAsync(user, first.Id, 2, 10, Cancellation)).Select(version => version.Number));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Saved.RestoreAsync(user, first.Id, 9, Cancellation));
    }

    [Fact]
    public async Task Find_ByAPlaybook_TellsThePresentVersionFromAnEarlierOneAndFromNone()
    {
        var user = await Host.NewUserAsync();
        var first = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(2)), null, Cancellation);
        var second = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(3)), first.Id, Cancellation);

        Assert.Equal(second.PlaybookId, (await Host.Saved.FindAsync(user, second.PlaybookId, Cancellation))!.PlaybookId);
        Assert.Equal((first.Id, second.PlaybookId), await Host.Saved.FindAsync(user, first.PlaybookId, Cancellation) is { } earlier ? (earlier.Id, earlier.PlaybookId) : default);
        Assert.Null(await Host.Saved.FindAsync(user, Guid.NewGuid(), Cancellation));
        Assert.Null(await Host.Saved.FindAsync(await Host.NewUserAsync(), first.PlaybookId, Cancellation));
        Assert.Null(await Host.Saved.FindAsync(Actor.Anonymous, first.PlaybookId, Cancellation));
    }

    [Fact]
    public async Task Save_ByTwoUsersAtOnce_GivesEachTheirOwnWithTheSameResults()
    {
        var users = new[] { await Host.NewUserAsync(), await Host.NewUserAsync(), await Host.NewUserAsync(), HostLocal };
        var playbook = await Host.ComputeAsync(Playbooks.Chain(5));

        var saved = await Task.WhenAll(users.Select(user => Host.Saved.SaveAsync(user, playbook, null, Cancellation)));

        Assert.Equal(4, saved.Select(own => own.Id).Distinct().Count());
        Assert.Single(saved.Select(own => own.PlaybookId).Distinct());
        Assert.All(await Host.ShownAsync(saved[0].PlaybookId), Assert.NotNull);
    }

    [Fact]
    public async Task Save_TheSameManyTimesAtOnce_IsSavedOnce()
    {
        var user = await Host.NewUserAsync();
        var playbook = await Host.ComputeAsync(Playbooks.Chain(3));

        var saved = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Host.Saved.SaveAsync(user, playbook, null, Cancellation)));

        Assert.Single(saved.Select(own => own.Id).Distinct());
        Assert.Single((await Host.Saved.ListAsync(user, false, 0, 50, Cancellation)).Playbooks);
        Assert.Single(await Host.Saved.ListVersionsAsync(user, saved[0].Id, null, 50, Cancellation));
    }

    [Fact]
    public async Task Save_DifferentVersionsAtOnce_LosesNone()
    {
        var user = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(1)), null, Cancellation);
        var changes = Enumerable.Range(0, 10).Select(i => Playbooks.Chain(1, $"text {i}")).ToArray();

        await Task.WhenAll(changes.Select(change => Host.Saved.SaveAsync(user, change, saved.Id, Cancellation)));

        var versions = await Host.Saved.ListVersionsAsync(user, saved.Id, null, 50, Cancellation);
        Assert.Equal(Enumerable.Range(1, 11).Reverse(), versions.Select(version => version.Number));
        Assert.Equal(11, versions.Select(version => version.PlaybookId).Distinct().Count());
        Assert.Equal(versions[0].PlaybookId, (await Host.Saved.GetAsync(user, saved.Id, Cancellation)).PlaybookId);
    }

    [Fact]
    public async Task Rename_And_Tag_AreKept()
    {
        var user = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(2)), null, Cancellation);

        var renamed = await Host.Saved.RenameAsync(user, saved.Id, "  Ångström\0 ", Cancellation);
        var tagged = await Host.Saved.TagAsync(user, saved.Id, ["RNA-seq", "rna-seq", " ", "Liver"], Cancellation);

        Assert.Equal(("Ångström", 2), (renamed.Title, renamed.Version));
        Assert.Equal("Ångström", (await Host.Engine.GetAsync(renamed.PlaybookId, Cancellation)).Metadata!.Title);
        Assert.All(await Host.ShownAsync(renamed.PlaybookId), Assert.NotNull);
        Assert.Equal(["liver", "rna-seq"], tagged.Tags);
        Assert.Equal(["liver", "rna-seq"], (await Host.Saved.RenameAsync(user, saved.Id, "Other", Cancellation)).Tags);
        Assert.Equal(["Text"], tagged.Inputs);
        Assert.Equal(["Text"], tagged.Outputs);
        await Assert.ThrowsAsync<WorkflowException>(() => Host.Saved.RenameAsync(user, saved.Id, " ", Cancellation));
        await Assert.ThrowsAsync<WorkflowException>(() => Host.Saved.RenameAsync(user, saved.Id, new string('x', 201), Cancellation));
        await Assert.ThrowsAsync<WorkflowException>(() => Host.Saved.TagAsync(user, saved.Id, [.. Enumerable.Range(0, 21).Select(i => $"tag {i}")], Cancellation));
    }

    [Fact]
    public async Task Duplicate_Twice_GivesTwoMore()
    {
        var user = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(2)), null, Cancellation);

        var copies = new[] { await Host.Saved.DuplicateAsync(user, saved.Id, Cancellation), await Host.Saved.DuplicateAsync(user, saved.Id, Cancellation) };

        Assert.Equal(3, copies.Select(copy => copy.Id).Append(saved.Id).Distinct().Count());
        Assert.All(copies, copy => Assert.Equal("Copy of Untitled playbook", copy.Title));
        Assert.All(await Host.ShownAsync(copies[0].PlaybookId), Assert.NotNull);
    }

    [Fact]
    public async Task Delete_CanBeTakenBackUntilItIsCleanedAway()
    {
        var user = await Host.NewUserAsync();
        var kept = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(2)), null, Cancellation);
        var gone = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(3)), null, Cancellation);

        await Host.Saved.DeleteAsync(user, kept.Id, Cancellation);
        await Host.Saved.DeleteAsync(user, gone.Id, Cancellation);
        Assert.Empty((await Host.Saved.ListAsync(user, false, 0, 50, Cancellation)).Playbooks);
        Assert.Equal(2, (await Host.Saved.ListAsync(user, true, 0, 50, Cancellation)).Playbooks.Count);
        await RefusedAsync(AccessProblem.NotFound, () => Host.Saved.RenameAsync(user, gone.Id, "x", Cancellation));
        Host.Time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await Host.Cleaning.RunAsync(Cancellation));
        await Host.Saved.UndeleteAsync(user, kept.Id, Cancellation);
        Host.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await Host.Cleaning.RunAsync(Cancellation));
        Assert.Equal([kept.Id], (await Host.Saved.ListAsync(user, false, 0, 50, Cancellation)).Playbooks.Select(saved => saved.Id));
        Assert.Empty((await Host.Saved.ListAsync(user, true, 0, 50, Cancellation)).Playbooks);
        await RefusedAsync(AccessProblem.NotFound, () => Host.Saved.UndeleteAsync(user, gone.Id, Cancellation));
        Assert.All(await Host.ShownAsync(gone.PlaybookId), Assert.NotNull);
        Assert.Equal(0, await Host.Model.ReadAsync((context, token) => context.Set<SavedPlaybookVersionRow>().CountAsync(row => row.SavedPlaybookId == gone.Id, token), Cancellation));
    }

    [Fact]
    public async Task Everything_OfAnotherUser_IsNotFound_AndTakesASignIn()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var playbook = await Host.ComputeAsync(Playbooks.Chain(2));
        var id = (await Host.Saved.SaveAsync(owner, playbook, null, Cancellation)).Id;

        foreach (var (actor, problem) in new[] { (other, AccessProblem.NotFound), (Actor.Anonymous, AccessProblem.NotSignedIn), (owner with { Scopes = AccessScopes.None }, AccessProblem.Forbidden) })
        {
            Func<Task>[] attempts =
            [
                () => Host.Saved.SaveAsync(actor, playbook, id, Cancellation),
                () => Host.Saved.RenameAsync(actor, id, "x", Cancellation),
                () => Host.Saved.TagAsync(actor, id, ["x"], Cancellation),
                () => Host.Saved.DeleteAsync(actor, id, Cancellation),
                () => Host.Saved.UndeleteAsync(actor, id, Cancellation),
                () => Host.Saved.DuplicateAsync(actor, id, Cancellation),
                () => Host.Saved.ListVersionsAsync(actor, id, null, 1, Cancellation),
                () => Host.Saved.RestoreAsync(actor, id, 1, Cancellation),
                () => Host.Publishing.PublishAsync(actor, id, Publication, Cancellation),
                () => Host.Publishing.UnpublishAsync(actor, id, "", Cancellation),
            ];
            foreach (var attempt in attempts) await RefusedAsync(problem, attempt);
        }

        await RefusedAsync(AccessProblem.NotFound, () => Host.Saved.GetAsync(other, id, Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Saved.GetAsync(Actor.Anonymous, id, Cancellation));
        await RefusedAsync(AccessProblem.NotSignedIn, () => Host.Saved.ListAsync(Actor.Anonymous, false, 0, 1, Cancellation));
        await RefusedAsync(AccessProblem.NotSignedIn, () => Host.Saved.SaveAsync(Actor.Anonymous, playbook, null, Cancellation));
        Assert.Empty((await Host.Saved.ListAsync(other, false, 0, 1, Cancellation)).Playbooks);
        var after = await Host.Saved.GetAsync(owner, id, Cancellation);
        Assert.Equal((1, null, null), (after.Version, after.Deleted, after.Published));
    }

    [Fact]
    public async Task List_ManyPages_ShowsEachOnceLastChangedFirst()
    {
        var user = await Host.NewUserAsync();
        for (var i = 0; i < 5; i++)
        {
            await Host.Saved.SaveAsync(user, Playbooks.Chain(1, $"text {i}").WithMetadata(new PlaybookMetadata($"{i}")), null, Cancellation);
            Host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var (first, last) = (await Host.Saved.ListAsync(user, false, 0, 3, Cancellation), await Host.Saved.ListAsync(user, false, 3, 3, Cancellation));

        Assert.Equal(["4", "3", "2"], first.Playbooks.Select(saved => saved.Title));
        Assert.Equal(["1", "0"], last.Playbooks.Select(saved => saved.Title));
        Assert.Equal((true, false), (first.HasMore, last.HasMore));
    }

    private static Actor HostLocal => SavingHost.Local;
}
