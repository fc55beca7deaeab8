using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Tests.ProxiedSessions;

/// <summary>How a worker ends that says why: over real websockets, between a worker's server and the application.</summary>
public sealed class TunnelEndTests : IAsyncLifetime
{
    private WorkerAtTunnel? _pair;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private WorkerAtTunnel Pair => _pair!;

    public async ValueTask InitializeAsync() => _pair = await WorkerAtTunnel.BeginAsync();

    public ValueTask DisposeAsync() => Pair.DisposeAsync();

    [Fact]
    public async Task End_WithAReason_ClosesTheSessionForIt()
    {
        await ConnectAsync();

        await EndAsync("Nothing was done for 30 minutes.");

        var row = await Pair.WaitAsync(static row => row.State == ProxySessionState.Closing);
        Assert.Equal("Its worker ended: Nothing was done for 30 minutes.", row.Reason);
        Assert.True(Pair.Worker.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task End_WithMoreThanFits_IsToldAsFarAsItGoes()
    {
        await ConnectAsync();

        await EndAsync("Ende " + new string('ü', 200));

        var row = await Pair.WaitAsync(static row => row.State == ProxySessionState.Closing);
        Assert.Equal($"Its worker ended: Ende {new string('ü', 59)}", row.Reason);
    }

    [Fact]
    public async Task Reason_WithWhatNobodySees_IsShownWithoutIt()
    {
        await ConnectAsync();

        await EndAsync("One\r\ntwo\u001b[31m \u202ethree\u0007");

        var row = await Pair.WaitAsync(static row => row.State == ProxySessionState.Closing);
        Assert.Equal("Its worker ended: One two[31m three", row.Reason);
    }

    [Fact]
    public async Task Connection_ThatIsCut_EndsNothing()
    {
        await ConnectAsync();

        Pair.Tunnels.Find(Pair.Session)!.Abort();

        var row = await Pair.WaitAsync(static row => row is { Epoch: 2, State: ProxySessionState.Connected, Lost: null });
        Assert.Equal((ProxySessionState.Connected, null), (row.State, row.Reason));
    }

    [Fact]
    public async Task Connection_ThatIsClosedWithoutAReason_EndsNothing()
    {
        var (socket, _) = await Pair.NewDialer().DialAsync(Cancellation);
        using (socket)
        {
            await Pair.WaitAsync(static row => row.BootId is not null);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

            var row = await Pair.WaitAsync(static row => row.Lost is not null);
            Assert.Equal((ProxySessionState.Queued, null), (row.State, row.Reason));
        }
    }

    [Fact]
    public async Task Connection_ThatIsClosedAsAnError_EndsNothing()
    {
        var (socket, _) = await Pair.NewDialer().DialAsync(Cancellation);
        using (socket)
        {
            await Pair.WaitAsync(static row => row.BootId is not null);
            await socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "It broke.", Cancellation);

            var row = await Pair.WaitAsync(static row => row.Lost is not null);
            Assert.Equal((ProxySessionState.Queued, null), (row.State, row.Reason));
        }
    }

    [Fact]
    public async Task Reason_OfASessionThatItsOwnerEnds_IsNotTaken()
    {
        await Pair.Store.AdvanceAsync(Pair.Session, ProxySessionState.Closing, null, Cancellation);

        await Pair.Public.Services.GetRequiredService<ProxySessions>().EndByWorkerAsync(Pair.Session, "Nobody was there.", Cancellation);

        Assert.Null((await Pair.Store.FindAsync(Pair.Session, Cancellation))!.Reason);
    }

    [Fact]
    public async Task Reason_OfTheWorker_StaysWhenItsLauncherHasNone()
    {
        await Pair.Public.Services.GetRequiredService<ProxySessions>().EndByWorkerAsync(Pair.Session, "Nobody was there.", Cancellation);

        await Pair.Store.EndAsync(Pair.Session, ProxySessionState.Closed, null, DateTimeOffset.UtcNow, Cancellation);

        var row = await Pair.Store.FindAsync(Pair.Session, Cancellation);
        Assert.Equal((ProxySessionState.Closed, "Its worker ended: Nobody was there."), (row!.State, row.Reason));
    }

    private Task ConnectAsync() => Pair.ConnectAsync(
        (builder, hello) =>
        {
            builder.Configuration.AddInMemoryCollection([new("DATABASE_URL", "memory:"), new("UFS_STORAGE", "memory:"), new("N_WORKERS", "0")]);
            builder.Services.AddMetrics().AddPlaybookBuilder(builder.Configuration);
            builder.Services.AddSessionLife(new SessionSettings(new Uri("https://playbooks.example.org/"), Pair.Session, "secret"), hello);
        },
        static worker => worker.MapGet("/healthz", static () => Results.Ok()));

    private Task EndAsync(string reason) => Pair.Worker.Services.GetRequiredService<SessionLife>().EndAsync(reason);
}
