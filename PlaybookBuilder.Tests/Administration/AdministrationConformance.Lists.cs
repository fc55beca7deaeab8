using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Administration.Programs;
using PlaybookBuilder.Core.Administration.Storage;
using PlaybookBuilder.Core.Administration.Users;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Administration;

public abstract partial class AdministrationConformance
{
    [Fact]
    public async Task Users_ManyAtOneTime_AreListedOnceNewestFirst()
    {
        for (var i = 0; i < 6; i++) await Host.NewUserAsync($"User {i}", created: Noon.AddMinutes(i / 3));

        // The local user is one too.
        var users = await PageAsync(7, user => user.Id, page => Host.Get<UserAdministration>().ListAsync(Admin, page, Cancellation));

        Assert.Equal(users.Take(6).OrderByDescending(user => user.Created).Select(user => user.Created), users.Take(6).Select(user => user.Created));
        Assert.Equal((LocalAccount.Id, null, null), (users[^1].Id, users[^1].Created, users[^1].LastSeen));
    }

    [Fact]
    public async Task Users_Found_AreThoseWhoseNameOrAddressBeginsSo()
    {
        await Host.NewUserAsync("Ada Lovelace");
        await Host.NewUserAsync("adam", email: "first@example.org");
        await Host.NewUserAsync("Somebody", email: "ada@example.org");
        await Host.NewUserAsync("100% sure_of\\it");

        async Task FindsAsync(string text, params string[] names) => Assert.Equal(names, (await Host.Get<UserAdministration>().FindAsync(Admin, text, new PageRequest(), Cancellation)).Items.Select(user => user.Name));
        await FindsAsync("ada", "adam", "Ada Lovelace", "Somebody");
        await FindsAsync(" ADA@", "Somebody");
        await FindsAsync("Ada L", "Ada Lovelace");
        await FindsAsync("100% sure_of\\", "100% sure_of\\it");
        await FindsAsync("%");
        await FindsAsync("_");
        await FindsAsync(" ");
        await FindsAsync("zz");
    }

    [Fact]
    public async Task Users_FoundInAnyWay_AreListedOnce()
    {
        foreach (var (name, email) in new[] { ("Same", null), ("Same", null), ("Same", null), ("same a", "same1@example.org"), ("SAME", null), ("Somebody", "same2@example.org"), ("Other", "same3@example.org"), ("Apart", "apart@example.org") }) await Host.NewUserAsync(name, email: email);

        var found = await PageAsync(7, user => user.Id, page => Host.Get<UserAdministration>().FindAsync(Admin, "same", page, Cancellation));

        Assert.Equal(["same a", "Same", "Same", "Same", "SAME", "Somebody", "Other"], found.Select(user => user.Name));
        await Assert.ThrowsAsync<WorkflowException>(() => Host.Get<UserAdministration>().FindAsync(Admin, "same", new PageRequest(PageKey.Of(0, Guid.NewGuid())), Cancellation));
    }

    [Fact]
    public async Task User_IsTheUserWithSignInsAndBelongings()
    {
        var user = await Host.NewUserAsync("Ada", email: AdministrationHost.FixedAdmin);
        var playbook = (await Host.RequestAsync(Playbooks.Chain(1))).Id;
        await Host.AddAsync(
            new SignInRow { Provider = "email", Subject = "x", UserId = user.UserId!.Value, Email = AdministrationHost.FixedAdmin, IsEmailVerified = true, Created = Noon, LastUsed = Noon },
            NewUpload(1, user), NewUpload(2, user), NewSaved(1, user, playbook));

        var found = await Host.Get<UserAdministration>().GetAsync(Admin, user.UserId.Value, Cancellation);

        Assert.Equal(("Ada", true, false, 1, 2, 3L), (found.User.Name, found.User.IsFixedAdmin, found.User.IsAdmin, found.Playbooks, found.Uploads, found.UploadedBytes));
        Assert.Equal(("email", true), Assert.Single(found.SignIns) is var signIn ? (signIn.Provider, signIn.IsEmailVerified) : default);
        await RefusedAsync(AccessProblem.NotFound, () => Host.Get<UserAdministration>().GetAsync(Admin, Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task Sessions_OfManyMoments_AreListedOnceWithoutEndedOnes()
    {
        var (ada, other) = (await Host.NewUserAsync("Ada"), await Host.NewUserAsync("Other"));
        var rows = Enumerable.Range(0, 7).Select(i => NewSession(i, i < 4 ? ada : other, Noon.AddMinutes(i / 2))).ToArray();
        await Host.AddAsync([.. rows, NewSession(8, ada, Noon, expires: DateTimeOffset.UtcNow.AddSeconds(-1))]);

        var sessions = await PageAsync(7, session => session.Id, page => Host.Get<SessionAdministration>().ListAsync(Admin, null, page, Cancellation));
        var own = await PageAsync(4, session => session.Id, page => Host.Get<SessionAdministration>().ListAsync(Admin, ada.UserId, page, Cancellation));

        Assert.Equal(rows.Select(row => row.Created).OrderDescending(), sessions.Select(session => session.Created));
        Assert.All(own, session => Assert.Equal(("Ada", "email", "192.0.2.1"), (session.UserName, session.Provider, session.Address)));
    }

    [Fact]
    public async Task Sessions_UsedWhileSomebodyPages_AreNotMissed()
    {
        var ada = await Host.NewUserAsync("Ada");
        await Host.AddAsync(Enumerable.Range(0, 6).Select(i => NewSession(i, ada, Noon.AddMinutes(i))));
        var sessions = Host.Get<SessionAdministration>();
        var first = await sessions.ListAsync(Admin, null, new PageRequest(Limit: 3), Cancellation);

        await Host.Model.WriteAsync((context, token) => context.Set<UserSessionRow>().ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeen, Noon.AddDays(1)), token), Cancellation);
        var second = await sessions.ListAsync(Admin, null, new PageRequest(first.Next, 3), Cancellation);

        Assert.Equal(6, first.Items.Concat(second.Items).Select(session => session.Id).Distinct().Count());
    }

    [Fact]
    public async Task SignIn_MakesTheFirstOfTheSessions()
    {
        var ada = await Host.NewUserAsync("Ada");
        await Host.AddAsync(NewSession(1, ada, Noon));

        await Host.Get<UserSessions>().StartAsync(ada.UserId!.Value, "google", new Visit("192.0.2.9", "Firefox"), Cancellation);

        Assert.Equal(["google", "email"], (await Host.Get<SessionAdministration>().ListAsync(Admin, null, new PageRequest(), Cancellation)).Items.Select(session => session.Provider));
    }

    [Fact]
    public async Task Playbooks_OfEachKindAndOwner_AreListedOnce()
    {
        var (ada, other) = (await Host.NewUserAsync("Ada"), await Host.NewUserAsync("Other"));
        var playbook = (await Host.RequestAsync(Playbooks.Chain(1))).Id;
        await Host.AddAsync(Enumerable.Range(0, 12).Select(i => NewSaved(i, i % 4 == 0 ? other : ada, playbook)));
        async Task<IReadOnlyList<SavedSummary>> ListAsync(int count, SavedKind kind, Actor? owner) => await PageAsync(count, saved => saved.Id, page => Host.Get<SavedAdministration>().ListAsync(Admin, kind, owner?.UserId, page, Cancellation));

        var (all, published, curated) = (await ListAsync(12, SavedKind.All, null), await ListAsync(7, SavedKind.Published, null), await ListAsync(4, SavedKind.Curated, null));

        // Of every twelve: one in three is private, the first of the others is deleted, and from the seventh on they are curated.
        Assert.Equal(all.Select(saved => saved.Updated).OrderDescending(), all.Select(saved => saved.Updated));
        Assert.All(published, saved => Assert.True(saved is { Published: not null, Deleted: null }));
        Assert.Equal(curated.Select(saved => saved.Clicks).OrderDescending(), curated.Select(saved => saved.Clicks));
        Assert.All(curated, saved => Assert.True(saved.IsCurated));
        Assert.All(await ListAsync(3, SavedKind.All, other), saved => Assert.Equal("Other", saved.OwnerName));
        Assert.All(await ListAsync(3, SavedKind.Curated, ada), saved => Assert.Equal("Ada", saved.OwnerName));
    }

    [Fact]
    public async Task Suggestions_OfEachState_AreListedOnceNewestFirst()
    {
        var ada = await Host.NewUserAsync("Ada");
        await Host.AddAsync(Enumerable.Range(0, 21).Select(i => NewSuggestion(i, ada, (SuggestionState)(i % 3))));

        foreach (var state in Enum.GetValues<SuggestionState>())
        {
            var found = await PageAsync(7, suggestion => suggestion.Id, page => Host.Get<SuggestionAdministration>().ListAsync(Admin, state, page, Cancellation));
            Assert.All(found, suggestion => Assert.Equal((state, "Ada"), (suggestion.State, suggestion.UserName)));
            Assert.Equal(found.Select(suggestion => suggestion.Created).OrderDescending(), found.Select(suggestion => suggestion.Created));
        }
    }

    [Fact]
    public async Task Uploads_OfAllAndOfOne_AreListedOnceAndMeasured()
    {
        var (ada, other) = (await Host.NewUserAsync("Ada"), await Host.NewUserAsync("Other"));
        await Host.AddAsync([.. Enumerable.Range(1, 7).Select(i => NewUpload(i, ada)), .. Enumerable.Range(8, 4).Select(i => NewUpload(i, other)), NewUpload(100, null)]);

        await PageAsync(12, upload => upload.Id, page => Host.Get<UploadAdministration>().ListAsync(Admin, null, page, Cancellation));
        var own = await PageAsync(7, upload => upload.Id, page => Host.Get<UploadAdministration>().ListAsync(Admin, ada.UserId, page, Cancellation));
        await Host.Get<StorageMeasure>().Begin();
        var use = (await Host.Get<StorageMeasure>().ReadAsync(Admin, Cancellation))!;

        Assert.Equal(own.Select(upload => upload.Created).OrderDescending(), own.Select(upload => upload.Created));
        Assert.Equal((12L, 166L), (use.Stored.Contents, use.Stored.Bytes));
        Assert.Equal([(null, null, 1, 100L), (other.UserId, "Other", 4, 38L), (ada.UserId, "Ada", 7, 28L)], use.Users.Select(of => (of.UserId, of.UserName, of.Uploads, of.Bytes)));
        Assert.Equal([100L, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], use.Largest.Select(upload => upload.Size));
        Assert.Equal(12, (await Host.Get<OverviewReading>().ReadAsync(Admin, Cancellation)).Stored?.Contents);
    }

    [Fact]
    public async Task Jobs_OfEachStateAndOwner_AreListedOnceInTheOrderOfTheQueue()
    {
        var ada = await Host.NewUserAsync("Ada");
        await Host.RequestAsync(Playbooks.Chain(4, "one"), $"{ada.UserId}");
        await Host.RequestAsync(Playbooks.Chain(4, "two"));
        await Host.RequestAsync(Playbooks.Chain(4, "three"), "somebody", isBatch: true);
        var running = (await Host.RequestAsync(Playbooks.Chain(1, "four"))).Head.Process.Id;
        await Host.Model.WriteAsync((context, token) => context.Set<JobRow>().Where(job => job.ProcessId == running).ExecuteUpdateAsync(row => row.SetProperty(job => job.State, JobState.Running).SetProperty(job => job.Worker, 7), token), Cancellation);
        async Task<IReadOnlyList<JobSummary>> ListAsync(int count, JobState? state, string? owner) => await PageAsync(count, job => job.Id, page => Host.Get<JobList>().ListAsync(Admin, state, owner, page, Cancellation));

        var all = await ListAsync(13, null, null);

        Assert.Equal([JobState.Running, JobState.Queued, JobState.Queued, JobState.Queued, .. Enumerable.Repeat(JobState.Waiting, 9)], all.Select(job => job.State));
        Assert.Equal([false, false, true], all.Where(job => job.State == JobState.Queued).Select(job => job.IsBatch));
        Assert.Equal((running, 7, "Ask"), (await ListAsync(1, JobState.Running, null))[0] is var run ? (run.Id, run.Worker, run.Type) : default);
        await ListAsync(3, JobState.Queued, null);
        await ListAsync(9, JobState.Waiting, null);
        Assert.All(await ListAsync(4, null, $"{ada.UserId}"), job => Assert.Equal("Ada", job.OwnerName));
        Assert.All(await ListAsync(3, JobState.Waiting, "somebody"), job => Assert.Null(job.OwnerName));
        Assert.Equal(5, (await ListAsync(5, null, "")).Count);
        Assert.Empty((await Host.Get<JobList>().ListAsync(Admin, null, "nobody", new PageRequest(), Cancellation)).Items);
        var overview = await Host.Get<OverviewReading>().ReadAsync(Admin, Cancellation);
        Assert.Equal((1L, 3L, 9L), (overview.Queue.Running, overview.Queue.Queued, overview.Queue.Waiting));
    }

    [Fact]
    public async Task Errors_OfEachCategory_AreListedOnceNewestFirst()
    {
        await Host.AddAsync(Enumerable.Range(0, 21).Select(i => new LoggedErrorRow { At = DateTimeOffset.UtcNow, Program = "serve", Category = (i % 3) switch { 0 => ErrorLog.FailedStep, 1 => "one", _ => "two" }, Message = $"{i}", Detail = i % 3 == 0 ? $"Copy {Guid.NewGuid()}" : "" }));
        var errors = Host.Get<ErrorList>();

        var all = await PageAsync(14, error => error.Id, page => errors.ListAsync(Admin, null, page, Cancellation));
        var ones = await PageAsync(7, error => error.Id, page => errors.ListAsync(Admin, "one", page, Cancellation));
        var steps = await PageAsync(7, step => step.Id, page => Host.Get<JobList>().ListFailedAsync(Admin, page, Cancellation));

        Assert.Equal(all.Select(error => error.Id).OrderDescending(), all.Select(error => error.Id));
        Assert.All(ones, error => Assert.Equal("one", error.Category));
        Assert.All(steps, step => Assert.True(step.Type == "Copy" && step.ProcessId != Guid.Empty));
        var overview = await Host.Get<OverviewReading>().ReadAsync(Admin, Cancellation);
        Assert.Equal((14, 7), (overview.Errors, overview.FailedSteps));
    }

    [Fact]
    public async Task Audit_OfEachUserAndAction_IsListedOnceNewestFirst()
    {
        var ada = await Host.NewUserAsync("Ada");
        await Host.AddAsync(Enumerable.Range(0, 21).Select(i => new AuditEntryRow { At = Noon, UserId = i % 3 == 0 ? ada.UserId : i % 3 == 1 ? Guid.NewGuid() : null, Action = i % 2 == 0 ? "one" : "two", Subject = $"{i}", Detail = "", Address = Address }));
        var audit = Host.Get<AuditLog>();

        var all = await PageAsync(21, entry => entry.Id, page => audit.ListAsync(Admin, null, null, page, Cancellation));
        var own = await PageAsync(7, entry => entry.Id, page => audit.ListAsync(Admin, ada.UserId, null, page, Cancellation));

        Assert.Equal(all.Select(entry => entry.Id).OrderDescending(), all.Select(entry => entry.Id));
        Assert.All(own, entry => Assert.Equal("Ada", entry.UserName));
        await PageAsync(10, entry => entry.Id, page => audit.ListAsync(Admin, null, "two", page, Cancellation));
        await PageAsync(4, entry => entry.Id, page => audit.ListAsync(Admin, ada.UserId, "one", page, Cancellation));
        Assert.Equal(14, all.Count(entry => entry.UserName is null));
    }

    [Fact]
    public async Task Programs_SeenWhileSomebodyPages_AreListedOnceLastStartedFirst()
    {
        await Host.AddAsync(Enumerable.Range(0, 7).Select(i => NewProgram(i, Noon.AddMinutes(i / 3))));
        var programs = Host.Get<ProgramList>();

        var all = await PageAsync(7, program => program.Id, page => programs.ListAsync(Admin, page, Cancellation));
        var first = await programs.ListAsync(Admin, new PageRequest(Limit: 4), Cancellation);
        await Host.Model.WriteAsync((context, token) => context.Set<ProgramRow>().ExecuteUpdateAsync(row => row.SetProperty(program => program.LastSeen, DateTimeOffset.UtcNow), token), Cancellation);
        var second = await programs.ListAsync(Admin, new PageRequest(first.Next, 4), Cancellation);

        Assert.Equal(all.Select(program => program.Started).OrderDescending(), all.Select(program => program.Started));
        Assert.All(all, program => Assert.False(program.IsAlive));
        Assert.Equal(all.Select(program => program.Id), first.Items.Concat(second.Items).Select(program => program.Id));
        Assert.All(second.Items, program => Assert.True(program.IsAlive));
        Assert.Equal(7, await programs.CountAliveAsync(Admin, Cancellation));
    }

    [Fact]
    public async Task Program_ThatRuns_IsListedUntilItEnds()
    {
        await Host.AddAsync(NewProgram(1, Noon, lastSeen: DateTimeOffset.UtcNow.AddDays(-8)));
        using var registry = new ProgramRegistry(new ProgramRole("serve"), Host.Model, Host.Get<IWorkerIdentity>(), Host.Get<IOptions<EngineOptions>>(), TimeProvider.System, NullLogger<ProgramRegistry>.Instance);

        await registry.RunOnceAsync(Cancellation);
        await registry.RunOnceAsync(Cancellation);
        var listed = (await Host.Get<ProgramList>().ListAsync(Admin, new PageRequest(), Cancellation)).Items;
        await registry.StartAsync(Cancellation);
        await registry.StopAsync(Cancellation);

        Assert.Equal(("serve", Environment.ProcessId, true), Assert.Single(listed) is var program ? (program.Role, program.ProcessNumber, program.IsAlive) : default);
        Assert.Empty((await Host.Get<ProgramList>().ListAsync(Admin, new PageRequest(), Cancellation)).Items);
    }

    private static UserSessionRow NewSession(int number, Actor user, DateTimeOffset created, DateTimeOffset? expires = null) => new()
    {
        Id = Guid.CreateVersion7(created), KeyHash = $"{number}", UserId = user.UserId!.Value, Provider = "email", Address = "192.0.2.1", Browser = "Firefox", Created = created, LastSeen = created, Expires = expires ?? DateTimeOffset.UtcNow.AddDays(1),
    };

    private static UploadRow NewUpload(int size, Actor? user) => new() { Id = $"upload-{size:000}", Sha256 = $"{size:x64}", Size = size, Filename = "counts.csv", UserId = user?.UserId, Created = Noon.AddMinutes(size / 3) };

    private static SavedPlaybookRow NewSaved(int number, Actor user, Guid playbookId) => new()
    {
        Id = Guid.NewGuid(), UserId = user.UserId!.Value, PlaybookId = playbookId, Version = 1, Title = $"Playbook {number}", Description = "", Authors = "", Licence = "",
        Published = number % 3 == 0 ? null : Noon, Deleted = number == 1 ? Noon : null, IsCurated = number % 3 > 0 && number > 5, Clicks = number / 3, Created = Noon, Updated = Noon.AddMinutes(number / 3),
    };

    private static SuggestionRow NewSuggestion(int number, Actor user, SuggestionState state = SuggestionState.Open) => new()
    {
        Id = Guid.NewGuid(), UserId = user.UserId!.Value, Kind = SuggestionKind.Component, State = state, Name = $"Suggestion {number}", Inputs = "", Output = "", Description = "It is missing", Answer = "", Created = Noon.AddMinutes(number / 9),
    };

    private static ProgramRow NewProgram(int number, DateTimeOffset started, DateTimeOffset? lastSeen = null) => new()
    {
        Id = Guid.CreateVersion7(started), Role = "worker", Version = "1", Machine = "a machine", ProcessNumber = number, Slots = 4, Worker = number, Started = started, LastSeen = lastSeen ?? started,
    };
}
