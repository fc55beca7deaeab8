using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Administration.Users;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Administration;

public abstract partial class AdministrationConformance
{
    private UserRights Rights => Host.Get<UserRights>();

    [Fact]
    public async Task Rights_GivenAndTakenBack_AreWrittenDownTogetherWithIt()
    {
        var (actor, user) = (await Host.NewUserAsync("Root", isAdmin: true), await Host.NewUserAsync("Ada"));
        var id = user.UserId!.Value;
        await Host.AddAsync(NewSession(1, user, Noon));
        async Task<(bool, bool)> StateAsync() => await Host.ReadUserAsync(user) is var row ? (row.IsAdmin, row.IsDisabled) : default;

        await AuditedAsync(actor, "user.grant-admin", $"{id}", "Ada", () => Rights.GrantAdminAsync(actor, id, Address, Cancellation), async () => await StateAsync());
        Assert.Equal((true, false), await StateAsync());
        await AuditedAsync(actor, "user.revoke-admin", $"{id}", "Ada", () => Rights.RevokeAdminAsync(actor, id, Address, Cancellation), async () => await StateAsync());
        Assert.Equal((false, false), await StateAsync());
        await AuditedAsync(actor, "user.disable", $"{id}", "Ada", () => Rights.DisableAsync(actor, id, Address, Cancellation), async () => (await StateAsync(), await SessionsAsync()));
        Assert.Equal(((false, true), 0), (await StateAsync(), await SessionsAsync()));
        await Assert.ThrowsAsync<WorkflowException>(() => Rights.GrantAdminAsync(actor, id, Address, Cancellation));
        await AuditedAsync(actor, "user.enable", $"{id}", "Ada", () => Rights.EnableAsync(actor, id, Address, Cancellation), async () => await StateAsync());
        Assert.Equal((false, false), await StateAsync());
    }

    [Fact]
    public async Task Rights_OfOneselfTheLocalUserAndAdministratorsBySettings_StayWhatTheyAre()
    {
        var (actor, boss, former) = (await Host.NewUserAsync("Root", isAdmin: true), await Host.NewUserAsync("Boss", isAdmin: true), await Host.NewUserAsync("Former"));
        await Host.AddAsync(new SignInRow { Provider = "email", Subject = "boss", UserId = boss.UserId!.Value, Email = AdministrationHost.FixedAdmin, IsEmailVerified = true, Created = Noon, LastUsed = Noon });
        var acts = new Func<Actor, Guid, string, CancellationToken, Task>[] { Rights.GrantAdminAsync, Rights.RevokeAdminAsync, Rights.DisableAsync, Rights.EnableAsync };
        var before = await Host.AuditAsync();

        foreach (var act in acts)
        {
            await Assert.ThrowsAsync<WorkflowException>(() => act(actor, actor.UserId!.Value, Address, Cancellation));
            await Assert.ThrowsAsync<WorkflowException>(() => act(actor, LocalAccount.Id, Address, Cancellation));
            await RefusedAsync(AccessProblem.NotFound, () => act(actor, Guid.NewGuid(), Address, Cancellation));
            // Who was an administrator when the page was opened.
            await RefusedAsync(AccessProblem.NotFound, () => act(former with { IsAdmin = true }, actor.UserId!.Value, Address, Cancellation));
        }

        await Assert.ThrowsAsync<WorkflowException>(() => Rights.RevokeAdminAsync(actor, boss.UserId!.Value, Address, Cancellation));
        Assert.Equal(before, await Host.AuditAsync());
    }

    [Fact]
    public async Task Disable_OfEachOtherAtOnce_LeavesOne()
    {
        var (one, other) = (await Host.NewUserAsync("One", isAdmin: true), await Host.NewUserAsync("Other", isAdmin: true));

        var ended = await Task.WhenAll(
            Record.ExceptionAsync(() => Rights.DisableAsync(one, other.UserId!.Value, Address, Cancellation)).AsTask(),
            Record.ExceptionAsync(() => Rights.DisableAsync(other, one.UserId!.Value, Address, Cancellation)).AsTask());

        Assert.IsType<AccessException>(Assert.Single(ended, problem => problem is not null));
        Assert.Single(new[] { await Host.ReadUserAsync(one), await Host.ReadUserAsync(other) }, row => row.IsDisabled);
    }

    [Fact]
    public async Task Disabled_IsOutAtOnce()
    {
        var user = await Host.NewUserAsync("Ada");
        var key = await Host.Get<UserSessions>().StartAsync(user.UserId!.Value, "email", new Visit(Address, "Firefox"), Cancellation);
        Assert.NotNull(await Host.Get<UserSessions>().FindAsync(key, Address, Cancellation));

        await Rights.DisableAsync(Admin, user.UserId.Value, Address, Cancellation);

        Assert.Null(await Host.Get<UserSessions>().FindAsync(key, Address, Cancellation));
    }

    [Fact]
    public async Task Session_Ended_IsOutAtOnceAndWrittenDown()
    {
        var user = await Host.NewUserAsync("Ada");
        var key = await Host.Get<UserSessions>().StartAsync(user.UserId!.Value, "email", new Visit(Address, "Firefox"), Cancellation);
        var signedIn = (await Host.Get<UserSessions>().FindAsync(key, Address, Cancellation))!;
        var sessions = Host.Get<SessionAdministration>();

        await AuditedAsync(Admin, "session.revoke", $"{signedIn.KeyId}", $"of user {user.UserId}", () => sessions.EndAsync(Admin, signedIn.KeyId, Address, Cancellation), async () => await SessionsAsync());

        Assert.Null(await Host.Get<UserSessions>().FindAsync(key, Address, Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => sessions.EndAsync(Admin, signedIn.KeyId, Address, Cancellation));
    }

    [Fact]
    public async Task Playbook_CuratedAndUnpublished_IsWrittenDownTogetherWithIt()
    {
        var (user, publishing) = (await Host.NewUserAsync("Ada"), Host.Get<PlaybookPublishing>());
        var saved = await Host.Get<SavedPlaybooks>().SaveAsync(user, await Host.RequestAsync(Playbooks.Chain(1)), null, Cancellation);
        foreach (var unpublished in new[] { saved.Id, Guid.NewGuid() })
        {
            await RefusedAsync(AccessProblem.NotFound, () => publishing.CurateAsync(Admin, unpublished, true, Address, Cancellation));
            await RefusedAsync(AccessProblem.NotFound, () => publishing.UnpublishAsync(Admin, unpublished, Address, Cancellation));
        }

        await publishing.PublishAsync(user, saved.Id, new Publication("Two texts", "", "Ada", "MIT"), Cancellation);
        async Task<object> StateAsync() => (await Host.Get<PlaybookSearch>().SearchAsync(new PublishedQuery { Words = "two" }, Cancellation)).Playbooks.Select(found => found.IsCurated).Cast<bool?>().SingleOrDefault() ?? (object)"not published";

        await AuditedAsync(Admin, "playbook.curate", $"{saved.Id}", "Two texts", () => publishing.CurateAsync(Admin, saved.Id, true, Address, Cancellation), StateAsync);
        Assert.Equal(true, await StateAsync());
        await AuditedAsync(Admin, "playbook.uncurate", $"{saved.Id}", "Two texts", () => publishing.CurateAsync(Admin, saved.Id, false, Address, Cancellation), StateAsync);
        Assert.Equal(false, await StateAsync());
        await AuditedAsync(Admin, "playbook.unpublish", $"{saved.Id}", "Two texts", () => publishing.UnpublishAsync(Admin, saved.Id, Address, Cancellation), StateAsync);
        Assert.Equal("not published", await StateAsync());
        Assert.Equal(saved.Id, (await Host.Get<SavedPlaybooks>().GetAsync(user, saved.Id, Cancellation)).Id);
    }

    [Fact]
    public async Task Suggestion_Decided_IsWrittenDownTogetherWithIt()
    {
        var (user, decisions) = (await Host.NewUserAsync("Ada"), Host.Get<SuggestionAdministration>());
        var rows = Enumerable.Range(0, 2).Select(i => NewSuggestion(i, user)).ToArray();
        await Host.AddAsync(rows);
        async Task<object> StateAsync() => string.Join(", ", (await Host.Get<Suggestions>().ListOwnAsync(user, 0, 10, Cancellation)).OrderBy(own => own.Name).Select(own => $"{own.Status} '{own.Answer}'"));

        await AuditedAsync(Admin, "suggestion.accept", $"{rows[0].Id}", "Suggestion 0", () => decisions.AcceptAsync(Admin, rows[0].Id, " So\0on ", Address, Cancellation), StateAsync);
        await AuditedAsync(Admin, "suggestion.decline", $"{rows[1].Id}", "Suggestion 1", () => decisions.DeclineAsync(Admin, rows[1].Id, "It is there", Address, Cancellation), StateAsync);

        Assert.Equal("Accepted 'Soon', Declined 'It is there'", await StateAsync());
        await Assert.ThrowsAsync<WorkflowException>(() => decisions.DeclineAsync(Admin, rows[0].Id, " \0", Address, Cancellation));
        await Assert.ThrowsAsync<WorkflowException>(() => decisions.AcceptAsync(Admin, rows[0].Id, new string('x', SuggestionAdministration.LongestAnswer + 1), Address, Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => decisions.AcceptAsync(Admin, Guid.NewGuid(), "", Address, Cancellation));
    }

    [Fact]
    public async Task Job_Cancelled_IsWrittenDownBefore()
    {
        var playbook = await Host.RequestAsync(Playbooks.Chain(3));
        var id = playbook.Steps[0].Process.Id;

        await AuditedAsync(Admin, "job.cancel", $"{id}", "in the queue", () => Host.Get<JobActions>().CancelAsync(Admin, id, Address, Cancellation), async () => await JobsAsync());

        Assert.Equal(0, await JobsAsync());
        await RefusedAsync(AccessProblem.NotFound, () => Host.Get<JobActions>().CancelAsync(Admin, id, Address, Cancellation));
        await RefusedAsync(AccessProblem.NotFound, () => Host.Get<JobActions>().CancelAsync(Admin, Guid.NewGuid(), Address, Cancellation));
        Assert.Single(await Host.AuditAsync(), entry => entry.Action == "job.cancel");
    }

    [Fact]
    public async Task Job_CancelledWhileItRuns_StopsAndCanBeTriedAgain()
    {
        await using var host = await AdministrationHost.StartAsync(await OpenAsync(), workers: 1);
        var playbook = await host.RequestAsync(Playbooks.Around("Gate"));
        var id = playbook.Steps[1].Process.Id;
        await host.Components.Begun.Task.WaitAsync(EngineHost.Patience, Cancellation);

        await host.Get<JobActions>().CancelAsync(Admin, id, Address, Cancellation);
        await host.Get<PlaybookEngine>().WaitAsync(playbook, Demand.Anonymous, Cancellation).WaitAsync(EngineHost.Patience, Cancellation);
        Assert.Equal("while it ran", (await host.AuditAsync())[0].Detail);
        host.Components.Gate.TrySetResult();
        await host.Get<JobActions>().RetryAsync(Admin, id, Address, Cancellation);
        await host.Get<PlaybookEngine>().WaitAsync(playbook, Demand.Anonymous, Cancellation).WaitAsync(EngineHost.Patience, Cancellation);

        var states = await host.Get<PlaybookEngine>().ReadStatesAsync(playbook, Cancellation);
        Assert.Equal("\"start#+\"", (await host.Get<PlaybookEngine>().ReadOutputsAsync(states, Cancellation))[^1]?.Value.Replace("{\"value\":", "", StringComparison.Ordinal).TrimEnd('}'));
        Assert.Equal(("job.retry", $"{id}", "Gate"), (await host.AuditAsync())[0] is var entry ? (entry.Action, entry.Subject, entry.Detail) : default);
    }

    [Fact]
    public async Task Step_ThatIsNotThere_CanNotBeTriedAgain()
    {
        var refused = await Record.ExceptionAsync(() => Host.Get<JobActions>().RetryAsync(Admin, Guid.NewGuid(), Address, Cancellation));

        Assert.True(refused is WorkflowException or AccessException, $"{refused}");
        Assert.Empty(await Host.AuditAsync());
    }

    [Fact]
    public async Task Queue_Emptied_LosesOneOwnersJobsOrAll()
    {
        await Host.RequestAsync(Playbooks.Chain(3, "one"), "ada");
        await Host.RequestAsync(Playbooks.Chain(3, "two"), "bob");
        await Host.RequestAsync(Playbooks.Chain(2, "three"));
        var running = (await Host.RequestAsync(Playbooks.Chain(1, "four"))).Head.Process.Id;
        await Host.Model.WriteAsync((context, token) => context.Set<JobRow>().Where(job => job.ProcessId == running).ExecuteUpdateAsync(row => row.SetProperty(job => job.State, JobState.Running).SetProperty(job => job.Worker, 7), token), Cancellation);
        var jobs = Host.Get<JobActions>();

        await AuditedAsync(Admin, "job.purge", "ada", "1 jobs, and what stands on them", () => jobs.PurgeAsync(Admin, "ada", Address, Cancellation), async () => await JobsAsync());
        Assert.Equal(6, await JobsAsync());
        Assert.Equal(new Purge(5, HasMore: false), await jobs.PurgeAsync(Admin, null, Address, Cancellation));
        Assert.Equal(("everybody", Address), (await Host.AuditAsync())[0] is var entry ? (entry.Subject, entry.Address) : default);
        Assert.Equal(1, await JobsAsync());
        Assert.Equal(new Purge(0, HasMore: false), await jobs.PurgeAsync(Admin, null, Address, Cancellation));
    }

    [Fact]
    public async Task Queue_OfManyJobs_IsEmptiedBatchByBatch()
    {
        await Host.RequestAsync(Playbook.Of(Playbooks.Asks(600)));

        Assert.Equal(new Purge(600, HasMore: false), await Host.Get<JobActions>().PurgeAsync(Admin, null, Address, Cancellation));

        Assert.Equal(["100 jobs, and what stands on them", "500 jobs, and what stands on them"], (await Host.AuditAsync()).Select(entry => entry.Detail));
        Assert.Equal(0, await JobsAsync());
    }

    [Fact]
    public async Task Audit_OfLongAndOddTexts_IsKeptShortened()
    {
        await Host.Get<AuditLog>().RecordAsync(Admin, "test", "a\0b", new string('x', 1_999) + "😀 and more", "", Cancellation);

        var entry = Assert.Single(await Host.AuditAsync());
        Assert.Equal(("ab", 1_999), (entry.Subject, entry.Detail.Length));
    }

    /// <summary>Does something, first so that it is interrupted before it is committed: then nothing of it is there, neither what it does nor the entry.</summary>
    private async Task AuditedAsync(Actor actor, string action, string subject, string detail, Func<Task> act, Func<Task<object>> readAsync)
    {
        var (before, state) = (await Host.AuditAsync(), await readAsync());
        Host.Model.IsInterrupted = true;
        await Assert.ThrowsAsync<InvalidDataException>(act);
        Host.Model.IsInterrupted = false;
        Assert.Equal(before, await Host.AuditAsync());
        Assert.Equal(state, await readAsync());

        var begun = DateTimeOffset.UtcNow;
        await act();
        var entries = await Host.AuditAsync();
        Assert.Equal(before.Count + 1, entries.Count);
        Assert.Equal((actor.UserId, action, subject, detail, Address), (entries[0].UserId, entries[0].Action, entries[0].Subject, entries[0].Detail, entries[0].Address));
        Assert.InRange(entries[0].At, begun.AddMilliseconds(-1), DateTimeOffset.UtcNow.AddMilliseconds(1));
        Assert.NotEqual(state, await readAsync());
    }

    private Task<int> SessionsAsync() => Host.Model.ReadAsync((context, token) => context.Set<UserSessionRow>().CountAsync(token), Cancellation);

    private Task<int> JobsAsync() => Host.Model.ReadAsync((context, token) => context.Set<JobRow>().CountAsync(token), Cancellation);
}
