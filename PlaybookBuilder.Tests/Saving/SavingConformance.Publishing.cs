using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Saving;

public abstract partial class SavingConformance
{
    [Fact]
    public async Task Publish_IsFoundByEverybodyUntilItIsTakenBack()
    {
        var user = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(2)), null, Cancellation);
        Assert.Equal(0, (await SearchAsync("")).Total);

        var published = await Host.Publishing.PublishAsync(user, saved.Id, Publication, Cancellation);

        Assert.Equal(("Two texts", "Joins them", "Ada Lovelace, Alan Turing", "CC-BY-4.0", 2), (published.Title, published.Description, published.Authors, published.Licence, published.Version));
        Assert.Equal(published.PlaybookId, Assert.Single((await SearchAsync("")).Playbooks).PlaybookId);
        Assert.Equal(saved.Id, (await Host.Saved.GetAsync(Actor.Anonymous, saved.Id, Cancellation)).Id);
        await RefusedAsync(AccessProblem.NotFound, async () => await Host.Publishing.UnpublishAsync(await Host.NewUserAsync(), saved.Id, "", Cancellation));
        await Host.Publishing.UnpublishAsync(user, saved.Id, "", Cancellation);
        Assert.Equal(0, (await SearchAsync("")).Total);
        await RefusedAsync(AccessProblem.NotFound, () => Host.Saved.GetAsync(Actor.Anonymous, saved.Id, Cancellation));
    }

    [Fact]
    public async Task Publish_ThatLacksSomething_SaysWhat()
    {
        var user = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(user, Playbooks.Chain(1), null, Cancellation);

        foreach (var (publication, path) in new[]
        {
            (Publication with { Title = " " }, "title"), (Publication with { Authors = "" }, "authors"), (Publication with { Licence = "Mine" }, "licence"), (Publication with { Description = new string('x', 20_001) }, "description"),
        })
        {
            Assert.Equal(path, (await Assert.ThrowsAsync<WorkflowException>(() => Host.Publishing.PublishAsync(user, saved.Id, publication, Cancellation))).Path);
        }
    }

    [Fact]
    public async Task Save_OfAPublishedOne_ChangesWhatIsPublishedAndKeepsItsDescription()
    {
        var user = await Host.NewUserAsync();
        var saved = await PublishAsync(user, "First", Playbooks.Chain(2));

        await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(3).WithMetadata(new PlaybookMetadata("Second", "Summary"))), saved.Id, Cancellation);

        var found = Assert.Single((await SearchAsync("second")).Playbooks);
        Assert.Equal(("Second", "Joins them", 3), (found.Title, found.Description, found.Version));
        Assert.Equal(0, (await SearchAsync("first")).Total);
    }

    [Fact]
    public async Task Delete_OfAPublishedOne_TakesItOffUntilItIsBroughtBack()
    {
        var user = await Host.NewUserAsync();
        var saved = await PublishAsync(user, "First", Playbooks.Chain(2));

        await Host.Saved.DeleteAsync(user, saved.Id, Cancellation);
        Assert.Equal(0, (await SearchAsync("")).Total);
        await Host.Saved.UndeleteAsync(user, saved.Id, Cancellation);

        Assert.Equal(1, (await SearchAsync("first")).Total);
    }

    [Fact]
    public async Task Curate_IsForAdministratorsAndForPublishedOnes()
    {
        var (user, admin) = (await Host.NewUserAsync(), await Host.NewUserAsync(isAdmin: true));
        var saved = await PublishAsync(user, "First", Playbooks.Chain(2));
        var own = await Host.Saved.SaveAsync(user, Playbooks.Chain(1), null, Cancellation);

        await RefusedAsync(AccessProblem.NotFound, () => Host.Publishing.CurateAsync(user, saved.Id, true, "", Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Publishing.CurateAsync(admin, own.Id, true, "", Cancellation));
        await Host.Publishing.CurateAsync(admin, saved.Id, true, "", Cancellation);

        Assert.Equal((1, 0), ((await Host.Published.SearchAsync(new PublishedQuery { IsCurated = true }, Cancellation)).Total, (await Host.Published.SearchAsync(new PublishedQuery { IsCurated = false }, Cancellation)).Total));
        await Host.Publishing.UnpublishAsync(admin, saved.Id, "", Cancellation);
        Assert.Equal(0, (await SearchAsync("")).Total);
        await RefusedAsync(AccessProblem.NotFound, () => Host.Publishing.UnpublishAsync(admin, saved.Id, "", Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Publishing.UnpublishAsync(user, own.Id, "", Cancellation));
    }

    [Fact]
    public async Task Open_CountsEachVisitorOnceADay()
    {
        var (owner, reader) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var saved = await PublishAsync(owner, "First", Playbooks.Chain(2));
        Task<SavedPlaybook> OpenAsync(Actor actor, string visitor) => Host.Clicks.OpenAsync(actor, saved.Id, visitor, Cancellation);

        await OpenAsync(owner, "a");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => OpenAsync(reader, $"{i}")));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(Actor.Anonymous, "192.0.2.1 Firefox")));
        await OpenAsync(Actor.Anonymous, "192.0.2.1 Chromium");
        Assert.Equal(3, (await Host.Saved.GetAsync(owner, saved.Id, Cancellation)).Clicks);
        Host.Time.Advance(TimeSpan.FromDays(1));
        await OpenAsync(reader, "0");

        Assert.Equal(4, (await Host.Saved.GetAsync(owner, saved.Id, Cancellation)).Clicks);
        var visitors = await VisitorsAsync();
        Assert.Equal(4, visitors.Distinct().Count());
        Assert.All(visitors, visitor => Assert.Matches("^[0-9a-f]{32}$", visitor));
        Host.Time.Advance(TimeSpan.FromDays(4));
        await Host.Cleaning.RunAsync(Cancellation);
        Assert.Empty(await VisitorsAsync());
        Assert.Equal(4, (await Host.Saved.GetAsync(owner, saved.Id, Cancellation)).Clicks);
    }

    [Fact]
    public async Task Open_WhatIsNotPublished_IsNotFound()
    {
        var owner = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(owner, Playbooks.Chain(1), null, Cancellation);

        await RefusedAsync(AccessProblem.NotFound, () => Host.Clicks.OpenAsync(owner, saved.Id, "", Cancellation));
    }

    [Fact]
    public async Task Search_Words_AreBeginningsAndAllMustFit()
    {
        var user = await Host.NewUserAsync();
        var saved = await PublishAsync(user, "Ångström's Genes: RNA-seq 𝒳 of liver", Playbooks.Chain(2));
        await PublishAsync(user, "Kidneys", Playbooks.Chain(3));
        await Host.Saved.TagAsync(user, saved.Id, ["Hepatology"], Cancellation);

        foreach (var words in new[] { "ångs", "GENE", "liv gen", "rna seq", "RNA-seq", "hepato", "ada", "joins", "copy", "liver genes ångström" }) Assert.Contains(saved.Id, (await SearchAsync(words)).Playbooks.Select(found => found.Id));
        foreach (var words in new[] { "enes", "gene kidney", "zzz", "geneszz", "\u0000x", "%", "𝒴" }) Assert.DoesNotContain(saved.Id, (await SearchAsync(words)).Playbooks.Where(_ => words != "%").Select(found => found.Id));
        Assert.Equal(2, (await SearchAsync(" \t")).Total);
    }

    [Fact]
    public async Task Search_AmongTwoThousand_NarrowsCountsAndPages()
    {
        var user = await Host.NewUserAsync();
        await FillAsync(user.UserId!.Value, 2_000);

        var watch = Stopwatch.StartNew();
        var all = await Host.Published.SearchAsync(new PublishedQuery { Limit = 20 }, Cancellation);
        var few = await Host.Published.SearchAsync(new PublishedQuery { Words = "liver w19", Choices = [new(PlaybookFacet.Input, "Input 1"), new(PlaybookFacet.Tag, "tag 1")] }, Cancellation);
        var dated = await Host.Published.SearchAsync(new PublishedQuery { Order = PublishedOrder.Date, Limit = 3, Offset = 1, IsCurated = false }, Cancellation);
        watch.Stop();

        // Every tenth is private; of the others every hundredth is curated.
        Assert.Equal(1_800, all.Total);
        Assert.Equal(20, all.Playbooks.Count);
        Assert.True(all.Playbooks[0].IsCurated);
        Assert.Equal(all.Playbooks.OrderByDescending(found => found.IsCurated).ThenByDescending(found => found.Clicks).Select(found => found.Id), all.Playbooks.Select(found => found.Id));
        Assert.Equal(1_800, all.Facets.Where(facet => facet.Choice.Facet == PlaybookFacet.Input).Sum(facet => facet.Count));
        Assert.NotEqual(0, few.Total);
        Assert.All(few.Playbooks, found => Assert.Equal(("Input 1", "tag 1", true), (found.Inputs.Single(), found.Tags.Single(), found.Title.Contains("w19", StringComparison.Ordinal))));
        Assert.Equal(few.Total, few.Facets.Single(facet => facet.Choice == new FacetChoice(PlaybookFacet.Tag, "tag 1")).Count);
        Assert.Equal(dated.Playbooks.OrderByDescending(found => found.Updated).Select(found => found.Id), dated.Playbooks.Select(found => found.Id));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"Three searches took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Search_PageAfterPage_ShowsEachOnce()
    {
        await FillAsync((await Host.NewUserAsync()).UserId!.Value, 250);

        var seen = new List<Guid>();
        for (var offset = 0; offset < 300; offset += 100) seen.AddRange((await Host.Published.SearchAsync(new PublishedQuery { Offset = offset, Limit = 100 }, Cancellation)).Playbooks.Select(found => found.Id));

        Assert.Equal((225, 225), (seen.Count, seen.Distinct().Count()));
    }

    [Theory]
    [InlineData("no such value")]
    [InlineData("a\0b")]
    [InlineData("'; DROP TABLE step; --")]
    public async Task Search_UnknownChoice_FindsNothing(string value)
    {
        await PublishAsync(await Host.NewUserAsync(), "First", Playbooks.Chain(1));

        Assert.Equal(0, (await Host.Published.SearchAsync(new PublishedQuery { Choices = [new(PlaybookFacet.Output, value)] }, Cancellation)).Total);
    }

    private Task<PublishedPage> SearchAsync(string words) => Host.Published.SearchAsync(new PublishedQuery { Words = words }, Cancellation);

    private async Task<SavedPlaybook> PublishAsync(Actor user, string title, Playbook playbook)
    {
        var saved = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(playbook), null, Cancellation);
        return await Host.Publishing.PublishAsync(user, saved.Id, Publication with { Title = title }, Cancellation);
    }

    private Task<List<string>> VisitorsAsync() => Host.Model.ReadAsync((context, token) => context.Set<SavedPlaybookClickRow>().Select(row => row.Visitor).ToListAsync(token), Cancellation);

    private async Task FillAsync(Guid user, int count)
    {
        var playbook = await Host.ComputeAsync(Playbooks.Chain(1));
        var now = Host.Time.GetUtcNow();
        var rows = Enumerable.Range(0, count).Select(i => new SavedPlaybookRow
        {
            Id = Guid.NewGuid(), UserId = user, PlaybookId = playbook.Id, Version = 1, Title = $"Liver w{i}", Description = "", Authors = "Ada", Licence = "MIT",
            Published = i % 10 == 0 ? null : now, IsCurated = i % 100 == 1, Clicks = i * 7919 % 1000, Created = now, Updated = now.AddSeconds(i * 31 % count),
        }).ToArray();
        var terms = rows.SelectMany((row, i) => (row.Published is null ? [] : new[] { (SavedPlaybookTermKind.Word, ""), (SavedPlaybookTermKind.Word, "liver"), (SavedPlaybookTermKind.Word, $"w{i}") })
            .Concat([(SavedPlaybookTermKind.Input, $"Input {i % 7}"), (SavedPlaybookTermKind.Output, $"Output {i % 3}"), (SavedPlaybookTermKind.Tag, $"tag {i % 5}"), (SavedPlaybookTermKind.Source, $"Source {i % 11}")])
            .Select(term => new SavedPlaybookTermRow { SavedPlaybookId = row.Id, Kind = term.Item1, Value = term.Item2 })).ToArray();
        await Host.Model.WriteAsync(
            (context, token) =>
            {
                context.AddRange(rows);
                context.AddRange(terms);
                return context.SaveChangesAsync(token);
            },
            Cancellation);
    }
}
