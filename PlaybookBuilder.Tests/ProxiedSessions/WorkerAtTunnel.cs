using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Tunnel;
using PlaybookBuilder.Web.Tunnel.Public;
using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>The application with a session of the local user, and a server that is the session's worker, both in the test's own process with a real tunnel between them.</summary>
internal sealed class WorkerAtTunnel : IAsyncDisposable
{
    private const string Secret = "the first secret";

    private WebApplication? _worker;

    private WorkerAtTunnel()
    {
    }

    public ApiServer Public { get; } = new();

    public Guid Session { get; } = Guid.NewGuid();

    public WebApplication Worker => _worker ?? throw new InvalidOperationException("The worker has not connected.");

    public ProxySessionStore Store => Public.Services.GetRequiredService<ProxySessionStore>();

    public Tunnels Tunnels => Public.Services.GetRequiredService<Tunnels>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WorkerAtTunnel> BeginAsync()
    {
        var pair = new WorkerAtTunnel();
        _ = pair.Public.Client;
        var row = new ProxySessionRow { Id = pair.Session, UserId = LocalAccount.Id, Launcher = "none", Project = "", State = ProxySessionState.Queued, RunId = "1", Created = DateTimeOffset.UtcNow, SecretHash = SecretKeys.Hash(Secret), Epoch = 0 };
        await pair.Store.TryAddAsync(row, Cancellation);
        return pair;
    }

    public TunnelDialer NewDialer()
    {
        var address = new UriBuilder(Public.Client.BaseAddress!) { Scheme = "ws", Path = TunnelApi.PathOf(Session) }.Uri;
        return new TunnelDialer(address, Secret, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>Starts the worker, and waits until requests reach it.</summary>
    public async Task ConnectAsync(Action<WebApplicationBuilder, TunnelHello> add, Action<WebApplication> map)
    {
        var dialer = NewDialer();
        var (socket, hello) = await dialer.DialAsync(Cancellation);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        add(builder, hello);
        builder.WebHost.ListenAtTunnel(dialer, socket, static _ => { });
        _worker = builder.Build();
        map(_worker);
        await _worker.StartAsync(Cancellation);
        await WaitAsync(_ => Tunnels.Find(Session) is not null);
    }

    /// <summary>Waits until the session's record is so.</summary>
    public async Task<ProxySessionRow> WaitAsync(Func<ProxySessionRow, bool> isSo)
    {
        using var changed = new SemaphoreSlim(1);
        using var subscription = Public.Services.GetRequiredService<ProxySessions>().Subscribe(Session, () => changed.Release());
        while (true)
        {
            // Not all of it is told of.
            await changed.WaitAsync(TimeSpan.FromMilliseconds(50), Cancellation);
            if (await Store.FindAsync(Session, Cancellation) is { } row && isSo(row)) return row;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        await Public.DisposeAsync();
    }
}
