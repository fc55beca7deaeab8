using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Sessions;

namespace PlaybookBuilder.Tests.Authentication;

/// <summary>Signing in with a real provider, and what others could try about it.</summary>
public sealed class SignInTests(OutsideWorld world) : IClassFixture<OutsideWorld>, IAsyncLifetime
{
    private readonly SignInServer _server = new(("AUTH_OIDC", world.Setting), ("ADMIN_EMAILS", "boss@example.org, Chief@Example.org"));

    private UserSessions Sessions => _server.Services.GetRequiredService<UserSessions>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task SignIn_WithTheProvider_LeadsBackAsTheUser()
    {
        await world.ComesAsync("ada", "ada@example.org", name: "Ada Lovelace");
        using var visitor = _server.NewVisitor();
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.MayUploadAsync());

        using var page = await visitor.SignInAsync("/components?q=gene");
        var text = await page.Content.ReadAsStringAsync();

        Assert.Equal("/components?q=gene", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Contains("Account of Ada Lovelace", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.org", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await visitor.MayUploadAsync());
    }

    [Fact]
    public async Task SignIn_ASecondTime_IsTheSameAccountWithAnotherKey()
    {
        await world.ComesAsync("bob");
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }
        var (first, user) = (visitor.Session, await UserOfAsync(visitor));

        using (await visitor.SignInAsync()) { }

        Assert.NotEqual(first, visitor.Session);
        Assert.Equal(user, await UserOfAsync(visitor));
        // The old key is worth nothing any more.
        Assert.Null(await Sessions.FindAsync(first!, "", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SignIn_WithAKeyThatSomebodyPlanted_GetsAnotherOne()
    {
        await world.ComesAsync("carol");
        using var visitor = _server.NewVisitor();
        visitor.Cookies.Add(visitor.Address, new Cookie("playbook-session", "planted"));

        using (await visitor.SignInAsync()) { }

        Assert.NotEqual("planted", visitor.Session);
        Assert.Null(await Sessions.FindAsync("planted", "", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cookie_OfASession_IsForTheServerOnlyAndItsKeyNowhereInTheDatabase()
    {
        await world.ComesAsync("dora");
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }
        var cookie = visitor.Cookies.GetAllCookies().Single(cookie => cookie.Name == "playbook-session");

        Assert.True(cookie.HttpOnly);
        Assert.Equal("/", cookie.Path);
        var hashes = await ReadAsync(context => context.Set<UserSessionRow>().Select(session => session.KeyHash).ToListAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(visitor.Session!, hashes);
        Assert.Contains(SecretKeys.Hash(visitor.Session!), hashes);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%252fevil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ThatIsToLeadElsewhere_LeadsToTheStart(string returnUrl)
    {
        await world.ComesAsync("eve");
        using var visitor = _server.NewVisitor();

        using var page = await visitor.SignInAsync(returnUrl);

        Assert.Equal(new Uri(_server.Address, "/graph"), page.RequestMessage!.RequestUri);
    }

    [Fact]
    public async Task SignIn_ThatTheProviderRefuses_SaysSo()
    {
        await world.RefusesAsync();
        using var visitor = _server.NewVisitor();

        using var page = await visitor.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Lab did not sign you in", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(visitor.Session);
    }

    [Fact]
    public async Task Callback_WithoutABeginning_SaysSo()
    {
        using var visitor = _server.NewVisitor();

        using var page = await visitor.OpenAsync("/account/signin/callback/lab?code=stolen&state=planted");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("did not sign you in", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(visitor.Session);
    }

    [Fact]
    public async Task SignIn_OfADisabledUser_IsRefused()
    {
        await world.ComesAsync("frank");
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }
        await DisableAsync(await UserOfAsync(visitor));

        using var other = _server.NewVisitor();
        using var page = await other.SignInAsync();

        Assert.Contains("This account is disabled", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(other.Session);
        Assert.Null(await Sessions.CheckAsync((await SessionsOfAsync("frank")).Single(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Accounts_WithEqualAddresses_StayTwo()
    {
        await world.ComesAsync("grace-1", "grace@example.org");
        using var first = _server.NewVisitor();
        using (await first.SignInAsync()) { }
        await world.ComesAsync("grace-2", "grace@example.org");
        using var second = _server.NewVisitor();
        using (await second.SignInAsync()) { }

        Assert.NotEqual(await UserOfAsync(first), await UserOfAsync(second));
    }

    [Theory]
    [InlineData("heidi", "boss@example.org", true, true)]
    [InlineData("ivan", "CHIEF@example.org", true, true)]
    [InlineData("judy", "boss@example.org", false, false)]
    [InlineData("karl", "karl@example.org", true, false)]
    public async Task Administrator_IsWhoHasAVerifiedAddressOfThose(string subject, string email, bool isVerified, bool isAdmin)
    {
        await world.ComesAsync(subject, email, isVerified);
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }

        var signedIn = await Sessions.FindAsync(visitor.Session!, "", TestContext.Current.CancellationToken);

        Assert.Equal(isAdmin, signedIn!.IsAdmin);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await world.ComesAsync("laura");
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }
        var key = visitor.Session!;

        using var answer = await visitor.PostAsync("/graph", "/account/signout");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("\"storage\"", answer.Headers.GetValues("Clear-Site-Data").Single());
        Assert.Null(visitor.Session);
        Assert.Null(await Sessions.FindAsync(key, "", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SignOut_WithoutTheTokenOfAPage_IsRefused()
    {
        await world.ComesAsync("mallory");
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }

        using var answer = await visitor.PostWithAsync("/account/signout");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull(await Sessions.FindAsync(visitor.Session!, "", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SignOut_Everywhere_EndsAllSessions()
    {
        await world.ComesAsync("nina");
        using var here = _server.NewVisitor();
        using var there = _server.NewVisitor();
        using (await here.SignInAsync()) { }
        using (await there.SignInAsync()) { }
        Assert.Equal(HttpStatusCode.OK, await there.MayUploadAsync());

        using (await here.PostAsync("/graph", "/account/signout/everywhere")) { }

        Assert.Equal(HttpStatusCode.Unauthorized, await there.MayUploadAsync());
    }

    [Fact]
    public async Task OpenPage_WhoseSessionWasEnded_LosesItsRights()
    {
        await world.ComesAsync("ralph");
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }
        var signedIn = (await Sessions.FindAsync(visitor.Session!, "", TestContext.Current.CancellationToken))!;
        var user = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, signedIn.UserId.ToString()), new(SessionHandler.SessionClaim, signedIn.KeyId.ToString())], SessionHandler.SchemeName));
        await using var scope = _server.Services.CreateAsyncScope();
        var state = Assert.IsType<SessionState>(scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>());
        Assert.True(await state.IsStillAsync(user, TestContext.Current.CancellationToken));
        Assert.True(await state.IsStillAsync(LocalUser.Principal, TestContext.Current.CancellationToken));

        await Sessions.EndAllAsync(new Actor(signedIn.UserId), new Visit("", ""), TestContext.Current.CancellationToken);

        Assert.False(await state.IsStillAsync(user, TestContext.Current.CancellationToken));
        Assert.False(await state.IsStillAsync(new ClaimsPrincipal(new ClaimsIdentity("Bearer")), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Audit_TellsOfSignInsAndSignOuts()
    {
        await world.ComesAsync("oscar");
        using var visitor = _server.NewVisitor();
        using (await visitor.SignInAsync()) { }
        var user = await UserOfAsync(visitor);
        using (await visitor.PostAsync("/graph", "/account/signout")) { }

        var actions = await ReadAsync(context => context.Set<AuditEntryRow>().Where(entry => entry.UserId == user).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["user.create", "session.start", "session.end"], actions);
    }

    [Fact]
    public async Task Provider_ThatProgramsReachByAnotherName_SignsIn()
    {
        var setting = world.Setting.Replace("\"clientId\"", $"\"discovery\":\"{world.Issuer.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}\",\"clientId\"", StringComparison.Ordinal);
        await using var server = new SignInServer(("AUTH_OIDC", setting));
        using var visitor = server.NewVisitor();
        await world.ComesAsync("paul", name: "Paul");

        using var page = await visitor.SignInAsync();

        Assert.Contains("Account of Paul", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_ThatIsAway_SaysSoAndBreaksNothing()
    {
        await using var server = new SignInServer(("AUTH_OIDC", OutsideWorld.ToSetting("http://localhost:9")));
        using var visitor = server.NewVisitor();

        using var start = await visitor.OpenAsync("/graph");
        using var page = await visitor.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, start.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Lab does not answer just now", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<Guid> UserOfAsync(Visitor visitor) =>
        (await Sessions.FindAsync(visitor.Session!, "", TestContext.Current.CancellationToken))!.UserId;

    private Task<List<Guid>> SessionsOfAsync(string subject) => ReadAsync(context => (
        from signIn in context.Set<SignInRow>()
        where signIn.Subject == subject
        join session in context.Set<UserSessionRow>() on signIn.UserId equals session.UserId
        select session.Id).ToListAsync(TestContext.Current.CancellationToken));

    private Task DisableAsync(Guid user) => _server.Services.GetRequiredService<IModelDatabase>().WriteAsync(
        (context, token) => context.Set<UserAccountRow>().Where(row => row.Id == user).ExecuteUpdateAsync(row => row.SetProperty(account => account.IsDisabled, true), token),
        TestContext.Current.CancellationToken);

    private Task<T> ReadAsync<T>(Func<PlaybookDbContext, Task<T>> read) =>
        _server.Services.GetRequiredService<IModelDatabase>().ReadAsync((context, _) => read(context), TestContext.Current.CancellationToken);
}
