using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.ProxiedSessions.Worker;
using PlaybookBuilder.Web.Tunnel.Public;
using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>How a worker ends that says why: over real websockets, between a worker's server and the application.</summary>
public sealed class TunnelEndTests : IAsyncLifetime
{
    private const string Secret = "the first secret";

    private readonly ApiServer _public = new();
    private readonly Guid _session = Guid.NewGuid();
    private WebApplication? _worker;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ = _public.Client;
        var row = new ProxySessionRow { Id = _session, UserId = LocalAccount.Id, Launcher = "none", Project = "", State = ProxySessionState.Queued, RunId = "1", Created = DateTimeOffset.UtcNow, SecretHash = SecretKeys.Hash(Secret), Epoch = 0 };
        await Store.AddAsync(row, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        await _public.DisposeAsync();
    }

    [Fact]
    public async Task End_WithAReason_ClosesTheSessionForIt()
    {
        await ConnectAsync();

        await EndAsync("Nothing was done for 30 minutes.");

        var row = await WaitAsync(static row => row.State == ProxySessionState.Closing);
        Assert.Equal("Its worker ended: Nothing was done for 30 minutes.", row.Reason);
        Assert.True(_worker!.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task End_WithMoreThanFits_IsToldAsFarAsItGoes()
    {
        await ConnectAsync();

        await EndAsync("Ende " + new string('ü', 200));

        var row = await WaitAsync(static row => row.State == ProxySessionState.Closing);
        Assert.Equal($"Its worker ended: Ende {new string('ü', 59)}", row.Reason);
    }

    [Fact]
    public async Task Reason_WithWhatNobodySees_IsShownWithoutIt()
    {
        await ConnectAsync();

        await EndAsync("One\r\ntwo\u001b[31m \u202ethree\u0007");

        var row = await WaitAsync(static row => row.State == ProxySessionState.Closing);
        Assert.Equal("Its worker ended: One two[31m three", row.Reason);
    }

    [Fact]
    public async Task Connection_ThatIsCut_EndsNothing()
    {
        await ConnectAsync();

        _public.Services.GetRequiredService<Tunnels>().Find(_session)!.Abort();

        var row = await WaitAsync(static row => row is { Epoch: 2, BootId: not null });
        Assert.Equal((ProxySessionState.Connected, null), (row.State, row.Reason));
    }

    [Fact]
    public async Task Connection_ThatIsClosedWithoutAReason_EndsNothing()
    {
        var (socket, _) = await NewDialer().DialAsync(Cancellation);
        using (socket)
        {
            await WaitAsync(static row => row.State == ProxySessionState.Connected);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

            var row = await WaitAsync(static row => row.Lost is not null);
            Assert.Equal((ProxySessionState.Connected, null), (row.State, row.Reason));
        }
    }

    [Fact]
    public async Task Connection_ThatIsClosedAsAnError_EndsNothing()
    {
        var (socket, _) = await NewDialer().DialAsync(Cancellation);
        using (socket)
        {
            await WaitAsync(static row => row.State == ProxySessionState.Connected);
            await socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "It broke.", Cancellation);

            var row = await WaitAsync(static row => row.Lost is not null);
            Assert.Equal((ProxySessionState.Connected, null), (row.State, row.Reason));
        }
    }

    [Fact]
    public async Task Reason_OfASessionThatItsOwnerEnds_IsNotTaken()
    {
        await Store.AdvanceAsync(_session, ProxySessionState.Closing, null, Cancellation);

        await _public.Services.GetRequiredService<ProxySessions>().EndByWorkerAsync(_session, "Nobody was there.", Cancellation);

        Assert.Null((await Store.FindAsync(_session, Cancellation))!.Reason);
    }

    [Fact]
    public async Task Reason_OfTheWorker_StaysWhenItsLauncherHasNone()
    {
        await _public.Services.GetRequiredService<ProxySessions>().EndByWorkerAsync(_session, "Nobody was there.", Cancellation);

        await Store.EndAsync(_session, ProxySessionState.Closed, null, DateTimeOffset.UtcNow, Cancellation);

        var row = await Store.FindAsync(_session, Cancellation);
        Assert.Equal((ProxySessionState.Closed, "Its worker ended: Nobody was there."), (row!.State, row.Reason));
    }

    private ProxySessionStore Store => _public.Services.GetRequiredService<ProxySessionStore>();

    private TunnelDialer NewDialer()
    {
        var address = new UriBuilder(_public.Client.BaseAddress!) { Scheme = "ws", Path = TunnelApi.PathOf(_session) }.Uri;
        return new TunnelDialer(address, Secret, TimeProvider.System, NullLogger.Instance);
    }

    private async Task ConnectAsync()
    {
        var dialer = NewDialer();
        var (socket, hello) = await dialer.DialAsync(Cancellation);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSessionLife(hello);
        builder.WebHost.ListenAtTunnel(dialer, socket, static _ => { });
        _worker = builder.Build();
        _worker.MapGet("/healthz", static () => Results.Ok());
        await _worker.StartAsync(Cancellation);
        await WaitAsync(_ => _public.Services.GetRequiredService<Tunnels>().Find(_session) is not null);
    }

    private Task EndAsync(string reason) => _worker!.Services.GetRequiredService<SessionLife>().EndAsync(reason);

    // The record is written by the side that the other end of the websocket is with.
    private async Task<ProxySessionRow> WaitAsync(Func<ProxySessionRow, bool> isSo)
    {
        using var changed = new SemaphoreSlim(1);
        using var subscription = _public.Services.GetRequiredService<ProxySessions>().Subscribe(_session, () => changed.Release());
        while (true)
        {
            await changed.WaitAsync(TimeSpan.FromMilliseconds(50), Cancellation);
            if (await Store.FindAsync(_session, Cancellation) is { } row && isSo(row)) return row;
        }
    }
}
