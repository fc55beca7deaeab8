using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Ends the worker by its own will.</summary>
/// <param name="keeper">Null where the session has no project.</param>
internal sealed partial class SessionEnd(TunnelListenerFactory tunnel, IHostApplicationLifetime lifetime, ILogger<SessionEnd> logger, WorkKeeper? keeper = null)
{
    public async Task EndAsync(string reason)
    {
        LogEnd(reason);
        // Once the public side knows, the worker's time may be short.
        if (keeper is not null) await keeper.FlushAsync(WorkKeeper.TimeAtTheEnd, CancellationToken.None);
        await tunnel.CloseAsync(reason);
        lifetime.StopApplication();
    }

    [LoggerMessage(LogLevel.Information, "This worker ends: {Reason}")]
    private partial void LogEnd(string reason);
}
