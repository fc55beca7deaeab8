using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Cavatica.Accounts;

/// <summary>What users' accounts on CAVATICA are on every database.</summary>
public abstract class CavaticaAccountsConformance(SevenBridgesPlatform platform) : IClassFixture<SevenBridgesPlatform>
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly EphemeralDataProtectionProvider _protection = new();

    private protected abstract IModelDatabase Database { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FakeSevenBridges Fake => platform.Fake;

    private AuditLog Audit => new(Database, Clock);

    private CavaticaAccounts Accounts => NewAccounts(_protection, Fake.Address);

    [Fact]
    public async Task Save_OfAKeyThatWorks_KeepsItEncrypted()
    {
        var project = platform.NewProject();
        var ada = await EnterAsync();

        var (account, projects) = await Accounts.SaveAsync(ada, $" {platform.Token} ", project: null, "10.0.0.1", Cancellation);

        Assert.Equal(("Ada", null), (account.Name, account.Project));
        Assert.Contains(projects, one => one.Id == project);
        var kept = await RowAsync(ada);
        Assert.False(Contains(kept.Token, platform.Token));
        Assert.Equal(platform.Token, (await Accounts.OpenAsync(ada.UserId!.Value, Cancellation))!.Key);
        Assert.Equal(account.Name, (await Accounts.FindAsync(ada, Cancellation))!.Name);
    }

    [Fact]
    public async Task Save_OfAProject_KeepsTheKeyAndNotesWhoDidIt()
    {
        var project = platform.NewProject();
        var ada = await EnterAsync();
        await Accounts.SaveAsync(ada, platform.Token, project: null, "10.0.0.1", Cancellation);

        await Accounts.SaveAsync(ada, key: null, project, "10.0.0.1", Cancellation);

        var access = await Accounts.OpenAsync(ada.UserId!.Value, Cancellation);
        Assert.Equal((platform.Token, project), (access!.Key, access.Project));
        Assert.DoesNotContain(platform.Token, access.ToString());
        var entries = (await Audit.ListAsync(new Actor(null, IsAdmin: true), ada.UserId, "cavatica.save", new PageRequest(), Cancellation)).Items;
        Assert.Equal(2, entries.Count);
        Assert.Equal($"Ada, {project}", entries[0].Detail);
    }

    [Fact]
    public async Task Save_OfAnotherKey_KeepsTheProjectWhereItsOwnerIsAMember()
    {
        var shared = platform.NewProject();
        Fake.AddProject(shared, ("Bob", true));
        var bobs = Fake.AddUser("Bob");
        var ada = await EnterAsync();
        await Accounts.SaveAsync(ada, platform.Token, shared, "", Cancellation);

        Assert.Equal(("Bob", shared), Told((await Accounts.SaveAsync(ada, bobs, project: null, "", Cancellation)).Account));
        await Accounts.SaveAsync(ada, platform.Token, platform.NewProject(), "", Cancellation);
        Assert.Equal(("Bob", null), Told((await Accounts.SaveAsync(ada, bobs, project: null, "", Cancellation)).Account));
    }

    [Fact]
    public async Task Save_OfAKeyThatIsRefused_KeepsNothing()
    {
        var ada = await EnterAsync();

        Assert.Equal(CavaticaAccountProblem.KeyRefused, await RefusedAsync(() => Accounts.SaveAsync(ada, "wrong", project: null, "", Cancellation)));
        Assert.Equal(CavaticaAccountProblem.KeyRefused, await RefusedAsync(() => Accounts.SaveAsync(ada, "two words", project: null, "", Cancellation)));
        Assert.Equal(CavaticaAccountProblem.NoKey, await RefusedAsync(() => Accounts.SaveAsync(ada, key: null, "ada/lab", "", Cancellation)));
        Assert.Null(await Accounts.FindAsync(ada, Cancellation));
    }

    [Fact]
    public async Task Save_WhileThePlatformIsAway_LeavesWhatIsKept()
    {
        var ada = await EnterAsync();
        await Accounts.SaveAsync(ada, platform.Token, platform.NewProject(), "", Cancellation);
        var before = await Accounts.FindAsync(ada, Cancellation);
        var away = NewAccounts(_protection, new Uri("http://127.0.0.1:1/"));

        Assert.Equal(CavaticaAccountProblem.Unreachable, await RefusedAsync(() => away.SaveAsync(ada, "another", project: null, "", Cancellation)));
        Assert.Equal(before, await Accounts.FindAsync(ada, Cancellation));
    }

    [Fact]
    public async Task Save_OfAProjectOfOthers_IsRefused()
    {
        var ada = await EnterAsync();
        await Accounts.SaveAsync(ada, platform.Token, project: null, "", Cancellation);
        Fake.AddProject("Carol/secret");

        Assert.Equal(CavaticaAccountProblem.NoProject, await RefusedAsync(() => Accounts.SaveAsync(ada, key: null, "Carol/secret", "", Cancellation)));
        Assert.Null((await Accounts.FindAsync(ada, Cancellation))!.Project);
    }

    [Fact]
    public async Task Open_AfterTheSecretsWereChanged_SaysSo()
    {
        var ada = await EnterAsync();
        await Accounts.SaveAsync(ada, platform.Token, project: null, "", Cancellation);
        var changed = NewAccounts(new EphemeralDataProtectionProvider(), Fake.Address);

        Assert.Equal(CavaticaAccountProblem.KeyUnreadable, await RefusedAsync(() => changed.OpenAsync(ada.UserId!.Value, Cancellation)));
        Assert.Equal("Ada", (await changed.FindAsync(ada, Cancellation))!.Name);
        await changed.SaveAsync(ada, platform.Token, project: null, "", Cancellation);
        Assert.NotNull(await changed.OpenAsync(ada.UserId!.Value, Cancellation));
    }

    [Fact]
    public async Task Key_MovedToAnotherUsersRecord_CannotBeRead()
    {
        var (ada, eve) = (await EnterAsync(), await EnterAsync());
        await Accounts.SaveAsync(ada, platform.Token, project: null, "", Cancellation);
        var stolen = (await RowAsync(ada)).Token;
        await Database.WriteAsync((context, token) =>
        {
            context.Add(new CavaticaAccountRow { UserId = eve.UserId!.Value, Token = stolen, Name = "Ada", Project = "", Changed = Clock.GetUtcNow() });
            return context.SaveChangesAsync(token);
        }, Cancellation);

        Assert.Equal(CavaticaAccountProblem.KeyUnreadable, await RefusedAsync(() => Accounts.OpenAsync(eve.UserId!.Value, Cancellation)));
    }

    [Fact]
    public async Task Account_IsItsUsersOnly()
    {
        var (ada, eve) = (await EnterAsync(), await EnterAsync());
        await Accounts.SaveAsync(ada, platform.Token, project: null, "", Cancellation);
        var byToken = ada with { Scopes = AccessScopes.All };

        Assert.Null(await Accounts.FindAsync(eve, Cancellation));
        Assert.Equal(AccessProblem.NotFound, (await Assert.ThrowsAsync<AccessException>(() => Accounts.DeleteAsync(eve, "", Cancellation))).Problem);
        Assert.Equal(AccessProblem.NotSignedIn, (await Assert.ThrowsAsync<AccessException>(() => Accounts.FindAsync(Actor.Anonymous, Cancellation))).Problem);
        Assert.Equal(AccessProblem.Forbidden, (await Assert.ThrowsAsync<AccessException>(() => Accounts.SaveAsync(byToken, platform.Token, project: null, "", Cancellation))).Problem);
        Assert.Equal(AccessProblem.Forbidden, (await Assert.ThrowsAsync<AccessException>(() => Accounts.DeleteAsync(byToken, "", Cancellation))).Problem);
        Assert.NotNull(await Accounts.FindAsync(byToken, Cancellation));
    }

    [Fact]
    public async Task Delete_WhileASessionGoesOn_IsRefused()
    {
        var ada = await EnterAsync();
        await Accounts.SaveAsync(ada, platform.Token, project: null, "", Cancellation);
        var sessions = new ProxySessionStore(Database);
        var session = new ProxySessionRow { Id = Guid.NewGuid(), UserId = ada.UserId!.Value, Launcher = "wes", Project = "", State = ProxySessionState.Connected, RunId = "1", Created = Clock.GetUtcNow(), SecretHash = "", Epoch = 0 };
        await sessions.TryAddAsync(session, Cancellation);

        Assert.Equal(CavaticaAccountProblem.InUse, await RefusedAsync(() => Accounts.DeleteAsync(ada, "", Cancellation)));
        Assert.Equal(CavaticaAccountProblem.InUse, await RefusedAsync(() => Accounts.SaveAsync(ada, Fake.AddUser("Bob"), project: null, "", Cancellation)));
        await sessions.EndAsync(session.Id, ProxySessionState.Closed, reason: null, Clock.GetUtcNow(), Cancellation);
        await Accounts.DeleteAsync(ada, "", Cancellation);
        Assert.Null(await Accounts.FindAsync(ada, Cancellation));
    }

    private static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static (string Name, string? Project) Told(CavaticaAccount account) => (account.Name, account.Project);

    private async Task<CavaticaAccountProblem> RefusedAsync(Func<Task> work)
    {
        var refusal = await Assert.ThrowsAsync<CavaticaAccountException>(work);
        Assert.DoesNotContain(platform.Token, refusal.ToString());
        return refusal.Problem;
    }

    private CavaticaAccounts NewAccounts(IDataProtectionProvider protection, Uri endpoint) =>
        new(Database, new AccountKeys(() => protection), Audit, Options.Create(new CavaticaOptions { Api = endpoint.ToString() }), Clock);

    private Task<CavaticaAccountRow> RowAsync(Actor actor) => Database.ReadAsync((context, token) => context.Set<CavaticaAccountRow>().SingleAsync(row => row.UserId == actor.UserId, token), Cancellation);

    private async Task<Actor> EnterAsync()
    {
        var subject = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        return new Actor(await new SignIns(Database, Audit, Clock).EnterAsync(new Identity("https://id.example.org", subject, subject, null, false), new Visit("", ""), Cancellation));
    }
}
