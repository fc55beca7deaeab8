using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Saving;

public abstract partial class SavingConformance
{
    private static NewSuggestion Missing => new(SuggestionSubject.Component, "t-SNE", ["Text", "Text"], "Plot", "Draws samples", Guid.Parse("01234567-89ab-8def-8123-456789abcdef"));

    [Fact]
    public async Task Suggest_ReachesAdministratorsOnlyAndIsDecided()
    {
        var (user, admin) = (await Host.NewUserAsync("Ada"), await Host.NewUserAsync(isAdmin: true));
        var added = await Host.Suggestions.AddAsync(user, Missing, Cancellation);
        var wrong = await Host.Suggestions.AddAsync(user, Missing with { Subject = SuggestionSubject.WrongResult, Inputs = [], Output = "" }, Cancellation);
        var declined = await Host.Suggestions.AddAsync(user, Missing with { Name = "Other" }, Cancellation);

        Assert.Equal(3, (await Host.Decisions.ListAsync(admin, SuggestionState.Open, new PageRequest(), Cancellation)).Items.Count);
        Assert.Empty(await Host.Suggestions.ListPlannedAsync(Cancellation));
        await Host.Decisions.AcceptAsync(admin, added.Id, "Soon", "192.0.2.1", Cancellation);
        await Host.Decisions.AcceptAsync(admin, wrong.Id, "", "192.0.2.1", Cancellation);
        await Host.Decisions.DeclineAsync(admin, declined.Id, "It is there", "192.0.2.1", Cancellation);

        Assert.Equal("t-SNE", Assert.Single(await Host.Suggestions.ListPlannedAsync(Cancellation)).Name);
        Assert.Empty((await Host.Decisions.ListAsync(admin, SuggestionState.Open, new PageRequest(), Cancellation)).Items);
        Assert.Equal("It is there", Assert.Single((await Host.Decisions.ListAsync(admin, SuggestionState.Declined, new PageRequest(), Cancellation)).Items).Answer);
        var own = (await Host.Suggestions.ListOwnAsync(user, 0, 10, Cancellation)).Single(suggestion => suggestion.Id == added.Id);
        Assert.Equal((SuggestionStatus.Accepted, "Soon", "Ada", 2, "Plot", Missing.PlaybookId), (own.Status, own.Answer, own.UserName, own.Inputs.Count, own.Output, own.PlaybookId));
        Assert.Null(Host.Catalog.FindProcessType("t-SNE"));
    }

    [Fact]
    public async Task Suggestions_OfOthers_AreNotFound()
    {
        var (user, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var added = await Host.Suggestions.AddAsync(user, Missing, Cancellation);

        await RefusedAsync(AccessProblem.NotSignedIn, () => Host.Suggestions.AddAsync(Actor.Anonymous, Missing, Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Suggestions.DeleteAsync(other, added.Id, Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Decisions.ListAsync(user, SuggestionState.Open, new PageRequest(), Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Decisions.AcceptAsync(user, added.Id, "", "", Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Decisions.DeclineAsync(user, added.Id, "no", "", Cancellation));
        Assert.Empty(await Host.Suggestions.ListOwnAsync(other, 0, 10, Cancellation));
        Assert.Equal(added.Id, (await Host.Suggestions.DeleteAsync(user, added.Id, Cancellation)).Id);
        Assert.Empty(await Host.Suggestions.ListOwnAsync(user, 0, 10, Cancellation));
    }

    [Fact]
    public async Task Suggest_WhatLacksSomethingOrIsOneTooMany_IsRefused()
    {
        var (user, admin) = (await Host.NewUserAsync(), await Host.NewUserAsync(isAdmin: true));
        await Assert.ThrowsAsync<WorkflowException>(() => Host.Suggestions.AddAsync(user, Missing with { Name = " \0" }, Cancellation));
        await Assert.ThrowsAsync<WorkflowException>(() => Host.Suggestions.AddAsync(user, Missing with { Description = new string('x', 5_001) }, Cancellation));
        for (var i = 0; i < Suggestions.MostOpen; i++) await Host.Suggestions.AddAsync(user, Missing, Cancellation);

        await Assert.ThrowsAsync<WorkflowException>(() => Host.Suggestions.AddAsync(user, Missing, Cancellation));
        var last = (await Host.Suggestions.ListOwnAsync(user, 99, 10, Cancellation)).Single();
        await Assert.ThrowsAsync<WorkflowException>(() => Host.Decisions.DeclineAsync(admin, last.Id, " ", "", Cancellation));
        await Host.Decisions.DeclineAsync(admin, last.Id, "No", "", Cancellation);
        await Host.Suggestions.AddAsync(user, Missing, Cancellation);
    }
}
