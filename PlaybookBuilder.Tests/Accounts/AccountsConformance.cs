using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Accounts;

/// <summary>What accounts are on every database.</summary>
public abstract class AccountsConformance
{
    private const string Lab = "https://id.example.org";

    private static readonly Visit Desk = new("10.0.0.1", "Firefox");

    private readonly FakeTimeProvider _clock = FakeClock.New();

    private protected abstract IModelDatabase Database { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AuditLog Audit => new(Database, _clock);

    private AdminRule Admins => new(Options.Create(new AccountOptions { AdminEmails = "boss@example.org" }));

    private SignIns SignIns => new(Database, Audit, _clock);

    private UserSessions NewSessions() => new(Database, Admins, Audit, _clock);

    private ApiTokens NewTokens() => new(Database, Admins, Audit, _clock);

    [Fact]
    public async Task Session_FoundByItsKey_IsItsUser()
    {
        var sessions = NewSessions();
        var userId = await EnterAsync("ada", "boss@example.org");
        var key = await sessions.StartAsync(userId, Lab, Desk, Cancellation);

        var found = await sessions.FindAsync(key, "10.0.0.1", Cancellation);

        Assert.Equal((userId, "ada", true), (found!.UserId, found.Name, found.IsAdmin));
        Assert.Equal(found, await sessions.CheckAsync(found.KeyId, Cancellation));
        Assert.Null(await sessions.FindAsync("another", "10.0.0.1", Cancellation));
        Assert.Equal("Firefox", Assert.Single(await sessions.ListAsync(new Actor(userId), Cancellation)).Browser);
    }

    [Fact]
    public async Task Session_ThatIsUsed_SlidesToALimit()
    {
        var sessions = NewSessions();
        var key = await sessions.StartAsync(await EnterAsync("ada"), Lab, Desk, Cancellation);

        var days = 0;
        for (; await sessions.FindAsync(key, "", Cancellation) is not null; days += 10) _clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal(UserSessions.Longest.TotalDays, days);
    }

    [Fact]
    public async Task Session_ThatIsNotUsed_Ends()
    {
        var sessions = NewSessions();
        var key = await sessions.StartAsync(await EnterAsync("ada"), Lab, Desk, Cancellation);

        _clock.Advance(UserSessions.Idle);

        Assert.Null(await sessions.FindAsync(key, "", Cancellation));
    }

    [Fact]
    public async Task Session_ThatIsUsedAllTheTime_IsWrittenNowAndThen()
    {
        var sessions = NewSessions();
        var userId = await EnterAsync("ada");
        var key = await sessions.StartAsync(userId, Lab, Desk, Cancellation);
        var start = _clock.GetUtcNow();
        async Task<DateTimeOffset> SeenAsync() => (await sessions.ListAsync(new Actor(userId), Cancellation)).Single().LastSeen;

        _clock.Advance(UserSessions.SeenEvery - TimeSpan.FromSeconds(1));
        await sessions.FindAsync(key, "10.0.0.2", Cancellation);
        Assert.Equal(start, await SeenAsync());

        _clock.Advance(TimeSpan.FromSeconds(10));
        await sessions.FindAsync(key, "10.0.0.2", Cancellation);
        Assert.Equal(_clock.GetUtcNow(), await SeenAsync());
    }

    [Fact]
    public async Task User_WhoIsDisabledElsewhere_IsOutWithinSeconds()
    {
        var (sessions, tokens) = (NewSessions(), NewTokens());
        var userId = await EnterAsync("ada");
        var key = await sessions.StartAsync(userId, Lab, Desk, Cancellation);
        var (token, _) = await tokens.MakeAsync(new Actor(userId), "t", AccessScopes.Read, null, Desk, Cancellation);
        Assert.NotNull(await sessions.FindAsync(key, "", Cancellation));
        Assert.NotNull(await tokens.FindAsync(token, Cancellation));

        await Database.WriteAsync((context, cancel) => context.Set<UserAccountRow>().Where(user => user.Id == userId).ExecuteUpdateAsync(user => user.SetProperty(row => row.IsDisabled, true), cancel), Cancellation);
        _clock.Advance(RecentAnswers<SignedIn>.Lifetime);

        Assert.Null(await sessions.FindAsync(key, "", Cancellation));
        Assert.Null(await tokens.FindAsync(token, Cancellation));
        Assert.Null(await SignIns.EnterAsync(new Identity(Lab, "ada", "ada", null, false), Desk, Cancellation));
    }

    [Fact]
    public async Task FirstVisits_AtOnce_MakeOneAccount()
    {
        var identity = new Identity(Lab, "twins", "twins", null, false);

        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignIns.EnterAsync(identity, Desk, Cancellation)));

        Assert.Single(users.Distinct());
    }

    [Fact]
    public async Task Unlinking_BothOfTwoAtOnce_LeavesOne()
    {
        var userId = await EnterAsync("ada");
        Assert.True(await SignIns.LinkAsync(new Actor(userId), Identity.OfEmail("ada@example.org"), Desk, Cancellation));

        var removed = await Task.WhenAll(SignIns.UnlinkAsync(new Actor(userId), Lab, "ada", Desk, Cancellation), SignIns.UnlinkAsync(new Actor(userId), Identity.EmailProvider, "ada@example.org", Desk, Cancellation));

        Assert.Single(removed, isRemoved => isRemoved);
        Assert.Single(await SignIns.ListAsync(new Actor(userId), Cancellation));
    }

    [Fact]
    public async Task Linking_WhatIsAnothers_IsRefused()
    {
        var (first, second) = (await EnterAsync("ada"), await EnterAsync("bob"));

        Assert.False(await SignIns.LinkAsync(new Actor(first), new Identity(Lab, "bob", null, null, false), Desk, Cancellation));
        Assert.Single(await SignIns.ListAsync(new Actor(second), Cancellation));
    }

    [Fact]
    public async Task Address_OfTheAccount_IsAVerifiedOneOfItsSignIns()
    {
        var profiles = new Profiles(Database);
        var userId = await EnterAsync("ada");
        async Task<string?> EmailAsync() => (await profiles.GetAsync(new Actor(userId), Cancellation)).Email;

        Assert.Null(await EmailAsync());
        await SignIns.LinkAsync(new Actor(userId), Identity.OfEmail("ada@example.org"), Desk, Cancellation);
        Assert.Equal("ada@example.org", await EmailAsync());
        await SignIns.UnlinkAsync(new Actor(userId), Identity.EmailProvider, "ada@example.org", Desk, Cancellation);
        Assert.Null(await EmailAsync());
    }

    [Fact]
    public async Task Token_AfterItsTime_IsWorthNothing()
    {
        var tokens = NewTokens();
        var actor = new Actor(await EnterAsync("ada"));
        var (token, _) = await tokens.MakeAsync(actor, "t", AccessScopes.Read, TimeSpan.FromDays(1), Desk, Cancellation);

        Assert.Equal(AccessScopes.Read, (await tokens.FindAsync(token, Cancellation))!.Scopes);
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(await tokens.FindAsync(token, Cancellation));
    }

    [Fact]
    public async Task Token_OfAnother_CannotBeRevoked()
    {
        var tokens = NewTokens();
        var (token, kept) = await tokens.MakeAsync(new Actor(await EnterAsync("ada")), "t", AccessScopes.Read, null, Desk, Cancellation);

        await Assert.ThrowsAsync<AccessException>(async () => await tokens.RevokeAsync(new Actor(await EnterAsync("bob")), kept.Id, Desk, Cancellation));

        Assert.NotNull(await tokens.FindAsync(token, Cancellation));
    }

    [Fact]
    public async Task Token_ForTheAdministration_IsForAdministrators()
    {
        var tokens = NewTokens();
        var actor = new Actor(await EnterAsync("ada"));

        await Assert.ThrowsAsync<ArgumentException>(() => tokens.MakeAsync(actor, "t", AccessScopes.All, null, Desk, Cancellation));
        Assert.NotNull(await tokens.MakeAsync(actor with { IsAdmin = true }, "t", AccessScopes.All, null, Desk, Cancellation) is var (token, _) ? await tokens.FindAsync(token, Cancellation) : null);
    }

    [Fact]
    public async Task Link_OpenedByTwoAtOnce_IsOnesOnly()
    {
        var links = new EmailLinks(Database, _clock);
        var key = await links.MakeAsync("ada@example.org", "/graph", "browser", null, Cancellation);

        var openings = await Task.WhenAll(links.OpenAsync(key!, "browser", Cancellation), links.OpenAsync(key!, "browser", Cancellation));

        Assert.Single(openings, opening => opening.Email == "ada@example.org");
        Assert.Single(openings, opening => opening == EmailLinkOpening.Gone);
    }

    [Fact]
    public async Task Link_AfterItsTime_IsGoneAndItsRowToo()
    {
        var links = new EmailLinks(Database, _clock);
        var key = await links.MakeAsync("ada@example.org", "/graph", "browser", null, Cancellation);

        _clock.Advance(EmailLinks.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal(EmailLinkOpening.Gone, await links.OpenAsync(key!, "browser", Cancellation));
        await links.MakeAsync("bob@example.org", "/graph", "browser", null, Cancellation);

        Assert.Equal(["bob@example.org"], await Database.ReadAsync((context, token) => context.Set<EmailLinkRow>().Select(link => link.Email).ToListAsync(token), Cancellation));
    }

    [Fact]
    public async Task Export_WithManyThings_HoldsThemAll()
    {
        var userId = await EnterAsync("ada");
        var now = _clock.GetUtcNow();
        await Database.WriteAsync(
            (context, token) =>
            {
                context.AddRange(Enumerable.Range(0, 450).Select(i => new UploadRow { Id = $"u{i}", Sha256 = "", Size = i, Filename = $"{i}.txt", UserId = userId, Created = now }));
                context.Add(new SuggestionRow { Id = userId, UserId = userId, Kind = default, State = default, Name = "S", Inputs = "", Output = "", Description = "", Answer = "", Created = now });
                return context.SaveChangesAsync(token);
            },
            Cancellation);

        using var stream = new MemoryStream();
        await new AccountExport(Database, new Profiles(Database)).WriteAsync(new Actor(userId), stream, Cancellation);
        var data = JsonNode.Parse(stream.ToArray())!;

        Assert.Equal(450, data["uploads"]!.AsArray().Select(upload => upload!["id"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal("S", data["suggestions"]![0]!["name"]!.GetValue<string>());
        Assert.Empty(data["playbooks"]!.AsArray());
    }

    [Fact]
    public async Task Deletion_OfAnAccount_LeavesOthersAlone()
    {
        var (sessions, tokens) = (NewSessions(), NewTokens());
        var (gone, stays) = (await EnterAsync("ada"), await EnterAsync("bob"));
        var key = await sessions.StartAsync(gone, Lab, Desk, Cancellation);
        var (token, _) = await tokens.MakeAsync(new Actor(gone), "t", AccessScopes.Read, null, Desk, Cancellation);
        var deletion = new AccountDeletion(Database, Audit, sessions, tokens, _clock);

        Assert.Equal(new Belongings(0, 0, 0, 0, 1), await deletion.CountAsync(new Actor(gone), Cancellation));
        await deletion.DeleteAsync(new Actor(gone), PublishedChoice.Keep, Desk, Cancellation);

        Assert.Null(await sessions.FindAsync(key, "", Cancellation));
        Assert.Null(await tokens.FindAsync(token, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => new Profiles(Database).GetPublicAsync(gone, Cancellation));
        Assert.Equal("bob", (await new Profiles(Database).GetPublicAsync(stays, Cancellation)).Name);
        await Assert.ThrowsAsync<ArgumentException>(() => deletion.DeleteAsync(new Actor(LocalAccount.Id, true), PublishedChoice.Keep, Desk, Cancellation));
    }

    private async Task<Guid> EnterAsync(string subject, string? email = null) =>
        (await SignIns.EnterAsync(new Identity(Lab, subject, subject, email, email is not null), Desk, Cancellation))!.Value;
}
