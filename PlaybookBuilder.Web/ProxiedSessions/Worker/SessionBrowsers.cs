using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Counts pages as long as their browsers are connected.</summary>
internal sealed class SessionBrowsers(SessionPresence presence) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.Arrive(circuit.Id);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.Leave(circuit.Id);
        return Task.CompletedTask;
    }
}
