using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Ends the worker by its own will.</summary>
internal sealed partial class SessionEnd(TunnelListenerFactory tunnel, IHostApplicationLifetime lifetime, ILogger<SessionEnd> logger)
{
    public async Task EndAsync(string reason)
    {
        LogEnd(reason);
        await tunnel.CloseAsync(reason);
        lifetime.StopApplication();
    }

    [LoggerMessage(LogLevel.Information, "This worker ends: {Reason}")]
    private partial void LogEnd(string reason);
}
