using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.Sessions;

namespace PlaybookBuilder.Tests.Permissions;

/// <summary>The application, with one of each kind of caller. Nobody works at its queue, so that jobs stay what they are.</summary>
public sealed class PermissionServer : IAsyncLifetime
{
    private static readonly Visit Visit = new("127.0.0.1", "Tests");

    private readonly SignInServer _server;
    private readonly Dictionary<Caller, Guid> _users = [];

    public PermissionServer()
        : this("memory:")
    {
    }

    internal PermissionServer(string databaseUrl, string storage = "memory:") => _server = new(
        ("DATABASE_URL", databaseUrl), ("UFS_STORAGE", storage), ("APP_SECRET", "a-secret-of-the-tests-that-is-long-enough"), ("ADMIN_EMAILS", "admin@example.org"), ("N_WORKERS", "0"),
        ("RATE_LIMIT", "0"), ("RATE_LIMIT_RUN", "0"), ("RATE_LIMIT_SIGNIN", "0"), ("EMAIL_SERVER", "smtp://localhost:9"), ("EMAIL_FROM", "playbooks@example.org"), ("PUBLIC_URL", "http://localhost"));

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => _server.Address;

    public IReadOnlyList<string> LoggedErrors => [.. _server.Log.Errors];

    internal IReadOnlyList<Credential> Credentials { get; private set; } = [];

    public IReadOnlyList<RouteEndpoint> Routes => [.. _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private SignIns SignIns => _server.Services.GetRequiredService<SignIns>();

    private UserSessions Sessions => _server.Services.GetRequiredService<UserSessions>();

    private ApiTokens Tokens => _server.Services.GetRequiredService<ApiTokens>();

    private IModelDatabase Database => _server.Services.GetRequiredService<IModelDatabase>();

    public async ValueTask InitializeAsync()
    {
        Client = NewClient();
        foreach (var caller in new[] { Caller.Owner, Caller.OtherUser, Caller.Admin }) _users[caller] = await EnterAsync(caller == Caller.Admin ? "admin@example.org" : $"{caller}@example.org");
        var credentials = new List<Credential> { new(Caller.Anonymous), new(Caller.Service, Token: _server.Services.GetRequiredService<ServiceTokens>().Issue("worker")), new(Caller.ExpiredToken, Token: await MakeExpiredTokenAsync()) };
        foreach (var (caller, id) in _users)
        {
            credentials.Add(new(caller, Cookie: await Sessions.StartAsync(id, "email", Visit, default)));
            credentials.Add(new(caller, Token: (await MakeTokenAsync(caller)).Token));
        }

        Credentials = credentials;
    }

    // One whose worker is nowhere, and whose launcher nobody here is.
    private async Task<Guid> LaunchAsync(Guid userId, bool isOver)
    {
        var row = new ProxySessionRow { Id = Guid.NewGuid(), UserId = userId, Launcher = "none", Project = "", State = ProxySessionState.Started, RunId = "1", Created = DateTimeOffset.UtcNow, SecretHash = "", Epoch = 0, Ended = isOver ? DateTimeOffset.UtcNow : null };
        await TestSessions.AddAsync(_server.Services.GetRequiredService<IModelDatabase>(), row);
        return row.Id;
    }

    internal Credential InBrowser(Caller caller) => Credentials.Single(credential => credential.Caller == caller && credential.Cookie is not null);

    /// <summary>What a user has.</summary>
    internal OwnersThings ThingsOf(Caller caller)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Add("Cookie", $"playbook-session={InBrowser(caller).Cookie}");
        return new OwnersThings(client, _users[caller], () => StartSessionAsync(_users[caller]), EnterNewAsync, isOver => LaunchAsync(_users[caller], isOver));
    }

    /// <summary>Somebody who was not here before, in a browser.</summary>
    internal async Task<Credential> NewcomerAsync() => new(Caller.Owner, Cookie: await Sessions.StartAsync(await EnterNewAsync(), "email", Visit, default));

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _server.DisposeAsync();
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _server.Address, Timeout = TimeSpan.FromSeconds(30) };

    private Task<Guid> EnterNewAsync() => EnterAsync($"{Guid.NewGuid():N}@example.org");

    private async Task<Guid> EnterAsync(string email) => (await SignIns.EnterAsync(Identity.OfEmail(email), Visit, default))!.Value;

    private Task<(string Token, ApiToken Kept)> MakeTokenAsync(Caller caller)
    {
        var isAdmin = caller == Caller.Admin;
        return Tokens.MakeAsync(new Actor(_users[caller], isAdmin), "all", AccessScopes.Read | AccessScopes.Run | AccessScopes.Upload | (isAdmin ? AccessScopes.Admin : 0), null, Visit, default);
    }

    private async Task<string> MakeExpiredTokenAsync()
    {
        var (token, kept) = await MakeTokenAsync(Caller.Admin);
        await Database.WriteAsync((context, cancel) => context.Set<ApiTokenRow>().Where(row => row.Id == kept.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Expires, DateTimeOffset.UtcNow.AddSeconds(-1)), cancel), default);
        return token;
    }

    private async Task<Guid> StartSessionAsync(Guid userId)
    {
        await Sessions.StartAsync(userId, "email", Visit, default);
        return (await Sessions.ListAsync(new Actor(userId), default))[0].Id;
    }
}
